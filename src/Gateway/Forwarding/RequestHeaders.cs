using System.Buffers;
using Eventicat.Gateway.Requests;
using Microsoft.Extensions.Primitives;

namespace Eventicat.Gateway.Forwarding;

/// <summary>
/// Whether a header section means one thing to every server. Kestrel lets through what other servers read in another
/// way: names that are no tokens, control characters in values, codings of the message it does not undo.
/// </summary>
internal static class RequestHeaders
{
    /// <summary>RFC 9110 section 5.6.2.</summary>
    private static readonly SearchValues<char> Token =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    public static bool AreWellFormed(HttpRequest request)
    {
        var headers = request.Headers;
        foreach (var (name, values) in headers)
        {
            if (!IsToken(name) || HasControl(values))
            {
                return false;
            }
        }

        if (!IsReadable(headers.Host))
        {
            return false;
        }

        // A server of HTTP/1.0 on the way knows no codings, and sees the message end elsewhere (RFC 9112 section 6.1).
        var isOld = HttpProtocol.IsHttp10(request.Protocol);
        return isOld || HttpProtocol.IsHttp11(request.Protocol)
            ? HasOneHostAtMost(headers.Host) && IsFramedPlainly(headers) && !(isOld && headers.TransferEncoding.Count > 0)
            : headers.Host is [{ Length: > 0 }] && !IsOfHttp1(headers);
    }

    public static bool IsToken(ReadOnlySpan<char> name) => !name.IsEmpty && !name.ContainsAnyExcept(Token);

    private static bool HasControl(StringValues values)
    {
        foreach (var value in values)
        {
            if (HeaderValue.HasControl(value))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>An empty one is none to a client library, which then sends its own beside it.</summary>
    private static bool HasOneHostAtMost(StringValues host) => host.Count == 0 || (host.Count == 1 && !string.IsNullOrEmpty(host[0]));

    /// <summary>The platform decodes punycode whenever somebody asks for the host, and throws over a name that is none.</summary>
    private static bool IsReadable(StringValues host)
    {
        if (host.Count != 1 || host[0] is not { } name || !name.Contains("xn--", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        try
        {
            _ = HostString.FromUriComponent(name);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>RFC 9113 section 8.2.2: such a message is malformed.</summary>
    private static bool IsOfHttp1(IHeaderDictionary headers) =>
        headers.TransferEncoding.Count > 0 || headers.Upgrade.Count > 0 || headers.KeepAlive.Count > 0
        || headers.Connection.Count > 0 || headers.ContainsKey("Proxy-Connection");

    /// <summary>
    /// A message is chunked, or has a length, or neither (RFC 9112 section 6.1). Other codings would be lost on the way,
    /// and of two lengths servers believe different ones; Kestrel keeps the second under a name of its own.
    /// </summary>
    private static bool IsFramedPlainly(IHeaderDictionary headers) =>
        headers.TransferEncoding is not { Count: > 0 } codings
        || (codings.Count == 1
            && string.Equals(codings[0], "chunked", StringComparison.OrdinalIgnoreCase)
            && headers.ContentLength is null
            && !headers.ContainsKey("X-Content-Length"));
}
