using Eventicat.Gateway.Credentials;
using Eventicat.Gateway.Requests;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using Yarp.ReverseProxy.Transforms;

namespace Eventicat.Gateway.Forwarding;

/// <summary>Tells the backend who is calling. A client's own versions of these headers are gone by now: see <see cref="ReservedHeaders"/>.</summary>
internal sealed class RequestHeaderTransform(IOptions<CredentialsOptions> credentials) : RequestTransform
{
    private readonly bool _forwardKey = credentials.Value.ForwardToBackend;

    public override ValueTask ApplyAsync(RequestTransformContext context)
    {
        var request = context.HttpContext.GatewayRequest;
        var headers = context.ProxyRequest.Headers;
        if (!_forwardKey && MayHoldKey(context.HttpContext.Request.Headers.Authorization))
        {
            headers.Remove(HeaderNames.Authorization);
        }

        headers.TryAddWithoutValidation(ForwardingConstants.RequestIdHeader, request.Id);
        if (request.Verified is { } verified)
        {
            headers.TryAddWithoutValidation(ForwardingConstants.AccountHeader, verified.Account.Id.ToString());
            headers.TryAddWithoutValidation(ForwardingConstants.KeyHeader, verified.Key.Id.ToString());
        }

        if (request.Aggregator is { } aggregator)
        {
            headers.TryAddWithoutValidation(ForwardingConstants.AggregatorHeader, aggregator.ToString());
        }

        return default;
    }

    /// <summary>Also where the credentials were refused, as on an anonymous route: a refused key is a key.</summary>
    private static bool MayHoldKey(StringValues authorization)
    {
        foreach (var header in authorization)
        {
            if (BearerHeader.TryRead(header, out _))
            {
                return true;
            }
        }

        return false;
    }
}
