using Eventicat.Gateway.Errors;
using Eventicat.Gateway.Requests;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace Eventicat.Gateway.Limits;

/// <summary>Refuses what is too big or has no business here, before a key is looked at.</summary>
internal sealed class LimitsMiddleware(RequestDelegate next, IOptions<LimitsOptions> options)
{
    private const string AllowedMethods = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";

    /// <summary>Methods are case-sensitive (RFC 9110 section 9.1); servers disagree on <c>head</c> and <c>get</c>.</summary>
    private static readonly HashSet<string> Methods = new(AllowedMethods.Split(", "), StringComparer.Ordinal);

    private readonly LimitsOptions _limits = options.Value;

    public Task InvokeAsync(HttpContext context)
    {
        if (context.GatewayRequest.Refusal is { } refusal)
        {
            return context.WriteErrorAsync(refusal);
        }

        var request = context.Request;
        if (LineBytes(context) > _limits.RequestLineBytes)
        {
            return context.WriteErrorAsync(GatewayErrors.UriTooLong);
        }

        if (HasTooManyHeaders(request.Headers))
        {
            return context.WriteErrorAsync(GatewayErrors.HeadersTooLarge);
        }

        if (!Methods.Contains(request.Method) && !IsWebSocket(context))
        {
            context.Response.Headers.Allow = AllowedMethods;
            return context.WriteErrorAsync(GatewayErrors.MethodNotAllowed);
        }

        return next(context);
    }

    /// <summary>
    /// RFC 8441: over HTTP/2 a WebSocket begins with an extended CONNECT, which is no tunnel to a place of the client's
    /// choice. Whether the route takes it is decided where routes are known.
    /// </summary>
    private static bool IsWebSocket(HttpContext context) =>
        context.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true, Protocol: "websocket" };

    /// <summary>The line as it came, the key included: method, target, and <c>HTTP/1.1</c> with two spaces and CRLF.</summary>
    private static int LineBytes(HttpContext context) =>
        context.Request.Method.Length + context.GatewayRequest.TargetLength + 12;

    private bool HasTooManyHeaders(IHeaderDictionary headers)
    {
        var count = 0;
        var bytes = 0;
        foreach (var (name, values) in headers)
        {
            foreach (var value in values)
            {
                count++;
                bytes += name.Length + (value?.Length ?? 0) + 4;
            }
        }

        return count > _limits.HeaderCount || bytes > _limits.HeaderBytes;
    }
}
