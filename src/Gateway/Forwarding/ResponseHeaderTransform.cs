using System.Collections.Frozen;
using Microsoft.AspNetCore.Http.Features;
using Yarp.ReverseProxy.Transforms;

namespace Eventicat.Gateway.Forwarding;

/// <summary>Removes from a backend's response what only the gateway may say, and what tells about the backend's software.</summary>
internal sealed class ResponseHeaderTransform : ResponseTransform
{
    private static readonly List<string> RemovedPrefixes = ["X-RateLimit-", "RateLimit", "Access-Control-", ForwardingConstants.OwnPrefix];
    private static readonly FrozenSet<string> Removed = FrozenSet.Create(HeaderSpelling.Generous, ForwardingConstants.RequestIdHeader, "Server", "X-Powered-By");

    public override ValueTask ApplyAsync(ResponseTransformContext context)
    {
        if (context.ProxyResponse is { } response)
        {
            BackendResponse.ThrowIfInvalid(response, UpgradeMiddleware.IsAskedFor(context.HttpContext));
            context.SuppressResponseBody |= BackendResponse.HasMeaninglessBody(response);
            // It may have any bytes, and nobody reads it.
            context.HttpContext.Features.GetRequiredFeature<IHttpResponseFeature>().ReasonPhrase = null;
            var headers = context.HttpContext.Response.Headers;
            foreach (var header in response.Headers.NonValidated)
            {
                if (IsRemoved(header.Key))
                {
                    headers.Remove(header.Key);
                }
            }

            if (response.Headers.NonValidated.TryGetValues("Connection", out var connection))
            {
                ConnectionOptions.Apply((string[])[.. connection], headers);
            }
        }

        return default;
    }

    public static bool IsRemoved(string header) =>
        Removed.Contains(header) || RemovedPrefixes.Exists(prefix => HeaderSpelling.StartsWith(header, prefix));
}
