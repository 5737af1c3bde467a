using System.Globalization;
using Eventicat.Gateway.Requests;

namespace Eventicat.Gateway.Errors;

/// <summary>Writes the gateway's own answers; nothing else in the gateway writes a body.</summary>
internal static class ErrorResponse
{
    /// <summary>RFC 6750 section 3.</summary>
    private const string Challenge = "Bearer realm=\"eventicat\"";

    public static Task WriteErrorAsync(this HttpContext context, GatewayError error) =>
        context.WriteErrorAsync(error, error.Body);

    public static async Task WriteErrorAsync(this HttpContext context, GatewayError error, ReadOnlyMemory<byte> body)
    {
        context.GatewayRequest.Error = error;
        var response = context.Response;
        response.StatusCode = error.Status;
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = body.Length;
        response.Headers.CacheControl = "no-store";
        if (error.Status == StatusCodes.Status401Unauthorized)
        {
            response.Headers.WWWAuthenticate = Challenge;
        }

        if (error.RetryAfterSeconds is { } seconds)
        {
            response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        if (error.EndsConnection && (HttpProtocol.IsHttp11(context.Request.Protocol) || HttpProtocol.IsHttp10(context.Request.Protocol)))
        {
            response.Headers.Connection = "close";
        }

        // As Kestrel compares it: to a "head" in lower case it expects the body that the length promises.
        if (!string.Equals(context.Request.Method, HttpMethods.Head, StringComparison.Ordinal))
        {
            await response.Body.WriteAsync(body, context.RequestAborted);
        }
    }
}
