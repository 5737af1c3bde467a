using Microsoft.AspNetCore.Http.Features;
using Yarp.ReverseProxy.Transforms;

namespace Eventicat.Gateway.Forwarding;

/// <summary>The same as <see cref="ResponseHeaderTransform"/> for what a backend sends after its body.</summary>
internal sealed class ResponseTrailerTransform : ResponseTrailersTransform
{
    public override ValueTask ApplyAsync(ResponseTrailersTransformContext context)
    {
        if (context.ProxyResponse is { } response
            && context.HttpContext.Features.Get<IHttpResponseTrailersFeature>() is { Trailers: { IsReadOnly: false } trailers })
        {
            foreach (var trailer in response.TrailingHeaders.NonValidated)
            {
                if (ResponseHeaderTransform.IsRemoved(trailer.Key))
                {
                    trailers.Remove(trailer.Key);
                }
            }
        }

        return default;
    }
}
