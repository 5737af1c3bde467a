using System.Text.Encodings.Web;
using Eventicat.Accounts.Caching;
using Eventicat.Gateway.Errors;
using Eventicat.Gateway.Requests;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Eventicat.Gateway.Authentication;

/// <summary>
/// Turns the request's key into the account's principal. An account store that does not answer is no verdict:
/// its exception passes through and becomes 503.
/// </summary>
internal sealed class ApiKeyAuthenticationHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory loggerFactory,
    UrlEncoder encoder,
    AccountDirectory directory,
    PrincipalCache principals)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggerFactory, encoder)
{
    private static readonly Task<AuthenticateResult> None = Task.FromResult(AuthenticateResult.NoResult());
    private static readonly AuthenticateResult Refused = AuthenticateResult.Fail("The key is not usable.");

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var request = Context.GatewayRequest;
        return request.Credential.Key is { } key && Context.RouteAccess is not { Requirement: RouteRequirement.Anonymous }
            ? AuthenticateAsync(request, key.Digest)
            : None;
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties) =>
        Context.WriteErrorAsync(GatewayErrors.InvalidApiKey);

    private async Task<AuthenticateResult> AuthenticateAsync(GatewayRequest request, Accounts.KeyDigest digest)
    {
        request.Verified = await directory.VerifyAsync(digest, Context.RequestAborted);
        return request.Verified is { } verified ? principals.For(verified) : Refused;
    }
}
