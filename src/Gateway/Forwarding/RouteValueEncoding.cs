using Yarp.ReverseProxy.Transforms;

namespace Eventicat.Gateway.Forwarding;

/// <summary>
/// Percent-encodes what a route put from a decoded path into a header and what does not fit in one: headers go out as
/// Latin-1, which takes the nearest letter for what it has not, so that two paths would say the same.
/// </summary>
internal sealed class RouteValueEncoding : RequestTransform
{
    /// <summary>Behind all that sets headers.</summary>
    public static void AddTo(IList<RequestTransform> transforms)
    {
        if (transforms.OfType<RequestHeaderRouteValueTransform>().Any())
        {
            transforms.Add(new RouteValueEncoding());
        }
    }

    public override ValueTask ApplyAsync(RequestTransformContext context)
    {
        var headers = context.ProxyRequest.Headers;
        var unfit = headers.NonValidated.Where(header => header.Value.Any(IsUnfit)).Select(header => header.Key).ToList();
        foreach (var name in unfit)
        {
            List<string> values = [.. headers.NonValidated[name].Select(value => IsUnfit(value) ? Uri.EscapeDataString(value) : value)];
            headers.Remove(name);
            headers.TryAddWithoutValidation(name, values);
        }

        return default;
    }

    private static bool IsUnfit(string value) => value.AsSpan().ContainsAnyExceptInRange('\0', '\u00ff');
}
