using System.Text.Encodings.Web;
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
    KeyCheck check,
    PrincipalCache principals)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggerFactory, encoder)
{
    private static readonly Task<AuthenticateResult> None = Task.FromResult(AuthenticateResult.NoResult());
    private static readonly AuthenticateResult Refused = AuthenticateResult.Fail("The key is not usable.");

    private bool _isPastLimit;

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var request = Context.GatewayRequest;
        return IsPresented(request) && Context.RouteAccess is not { Requirement: RouteRequirement.Anonymous }
            ? AuthenticateAsync(request)
            : None;
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties) =>
        Context.WriteErrorAsync(_isPastLimit ? GatewayErrors.TooManyFailedAttempts : GatewayErrors.InvalidApiKey);

    /// <summary>Nothing at all is no attempt.</summary>
    private bool IsPresented(GatewayRequest request) =>
        request.Credential is { Key: not null } or { InUrl: true } || Request.Headers.Authorization.Count > 0;

    private async Task<AuthenticateResult> AuthenticateAsync(GatewayRequest request)
    {
        var verdict = await check.VerifyAsync(request.Credential.Key, Context.Connection.RemoteIpAddress, Context.RequestAborted);
        _isPastLimit = verdict.IsPastLimit;
        request.Verified = verdict.Verified;
        return verdict.Verified is { } verified ? principals.For(verified) : Refused;
    }
}
