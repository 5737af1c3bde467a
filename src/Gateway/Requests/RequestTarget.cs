using System.Buffers;

namespace Eventicat.Gateway.Requests;

/// <summary>The request target as it came (RFC 9112 section 3.2, RFC 9113 section 8.3.1), and the one rule on its characters.</summary>
internal static class RequestTarget
{
    /// <summary>
    /// Visible ASCII. A fragment has no place in a target, and whatever else a server lets through (HTTP/2 hands up any
    /// byte) makes servers disagree on where a path, a query or a request line ends.
    /// </summary>
    private static readonly SearchValues<char> Allowed = SearchValues.Create(
        [.. Enumerable.Range('!', '~' - '!' + 1).Select(static code => (char)code).Where(static letter => letter != '#')]);

    public static bool IsWellFormed(ReadOnlySpan<char> target) => !target.ContainsAnyExcept(Allowed);

    /// <summary>As much of a target as may be kept of one that is refused: up to its query, or to what is wrong with it.</summary>
    public static string Shorten(string target)
    {
        var end = target.AsSpan().IndexOfAnyExcept(Allowed) is var wrong and >= 0 ? wrong : target.Length;
        return target.AsSpan(0, end).IndexOf('?') is var query and >= 0 ? target[..query] : target[..end];
    }

    /// <summary>The raw path. In absolute form it is what follows the host, <c>/</c> if nothing does.</summary>
    public static ReadOnlySpan<char> PathOf(ReadOnlySpan<char> target)
    {
        var end = target.IndexOf('?') is var query and >= 0 ? query : target.Length;
        var path = target[..end];
        if (!path.StartsWith('/') && path.IndexOf("://") is var scheme and > 0)
        {
            path = path[(scheme + 3)..];
            path = path.IndexOfAny('/', '\\') is var slash and >= 0 ? path[slash..] : "/";
        }

        return path;
    }
}
