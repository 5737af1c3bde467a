using Eventicat.Gateway.Requests;
using Microsoft.AspNetCore.Http.Features;
using Yarp.ReverseProxy.Transforms;

namespace Eventicat.Gateway.Forwarding;

/// <summary>
/// Copies what a backend sends after its body, without what <see cref="ResponseHeaderTransform"/> removes, and without
/// what the server or an HTTP/2 client would fail over: by then the answer is under way. In YARP's place, and before a route's own.
/// </summary>
internal sealed class ResponseTrailerTransform : ResponseTrailersTransform
{
    public override ValueTask ApplyAsync(ResponseTrailersTransformContext context)
    {
        if (context.ProxyResponse is { } response
            && context.HttpContext.Features.Get<IHttpResponseTrailersFeature>() is { Trailers: { IsReadOnly: false } trailers })
        {
            foreach (var trailer in response.TrailingHeaders.NonValidated)
            {
                string[] values = [.. trailer.Value];
                if (!ResponseHeaderTransform.IsRemoved(trailer.Key) && !ConnectionOptions.IsOfTheConnection(trailer.Key) && !Array.Exists(values, static value => HeaderValue.HasControl(value)))
                {
                    trailers.Append(trailer.Key, values);
                }
            }
        }

        return default;
    }
}
