using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Eventicat.Control.Auditing;
using Eventicat.Control.Tokens;
using Eventicat.Dashboard.Errors;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Eventicat.Dashboard.Admin.Access;

/// <summary>Authenticates programs by <c>Authorization: Bearer evo_…</c>, and by nothing else.</summary>
internal sealed class OperatorTokenHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, TokenOperations tokens, FailedAttempts failures)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "OperatorToken";

    private TimeSpan? _retryAfter;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Headers.Authorization.Count == 0)
        {
            return AuthenticateResult.NoResult();
        }

        // A right token is refused here as well: otherwise somebody who guesses would notice it among the wrong ones.
        _retryAfter = failures.FindRetryAfter(Context.Connection.RemoteIpAddress);
        if (_retryAfter is not null)
        {
            return AuthenticateResult.Fail("Too many failed attempts");
        }

        if (await tokens.VerifyAsync(ReadToken(), Context.RequestAborted) is not { } token)
        {
            failures.Count(Context.Connection.RemoteIpAddress);
            return AuthenticateResult.Fail("Invalid operator token");
        }

        // The access log gets the same name as the audit log.
        var identity = new ClaimsIdentity(
            [new(ClaimTypes.NameIdentifier, token.Id), new(ClaimTypes.GivenName, token.Name), new(ClaimTypes.Name, Actor.Token(token.Name).ToString())],
            SchemeName);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName));
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        await HandleAuthenticateOnceSafeAsync();
        if (_retryAfter is { } rest)
        {
            Response.Headers.RetryAfter = Math.Ceiling(rest.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture);
            await Context.WriteErrorAsync(StatusCodes.Status429TooManyRequests, "Too many failed attempts");
            return;
        }

        Response.Headers.WWWAuthenticate = "Bearer realm=\"eventicat-admin\"";
        await Context.WriteErrorAsync(StatusCodes.Status401Unauthorized, "Invalid operator token");
    }

    private string? ReadToken() =>
        AuthenticationHeaderValue.TryParse(Request.Headers.Authorization.ToString(), out var header)
        && string.Equals(header.Scheme, "Bearer", StringComparison.OrdinalIgnoreCase)
            ? header.Parameter
            : null;
}
