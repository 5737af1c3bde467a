using System.Buffers;
using System.Globalization;
using Eventicat.Gateway.Requests;

namespace Eventicat.Gateway.Forwarding;

/// <summary>
/// Whether servers agree on what a path names. Routes, and with them scopes, are chosen by the path as this server
/// reads it; a backend that cuts <c>;a</c> or a final dot off, or merges slashes, might serve another one.
/// </summary>
internal static class RequestPath
{
    /// <summary>Ordinary paths have none of these, and need not be looked at more closely.</summary>
    private static readonly SearchValues<char> Suspicious = SearchValues.Create(";\\%.");

    /// <param name="target">The request target as it came: with query, and perhaps with scheme and host.</param>
    public static bool IsAmbiguous(ReadOnlySpan<char> target)
    {
        var path = RequestTarget.PathOf(target);
        if (!path.StartsWith('/'))
        {
            // "*" and the authority of a CONNECT name no path, yet a route for everything takes them.
            return true;
        }

        if (!path.ContainsAny(Suspicious) && path.IndexOf("//") < 0)
        {
            return false;
        }

        for (var start = 0; start < path.Length;)
        {
            var rest = path[(start + 1)..];
            var length = rest.IndexOf('/') is var slash and >= 0 ? slash : rest.Length;
            var isLast = length == rest.Length;
            if (IsAmbiguousSegment(rest[..length], isLast))
            {
                return true;
            }

            start += length + 1;
        }

        return false;
    }

    /// <summary>Only the last segment may be empty: a slash at the end is ordinary.</summary>
    private static bool IsAmbiguousSegment(ReadOnlySpan<char> segment, bool isLast)
    {
        if (segment.IsEmpty)
        {
            return !isLast;
        }

        var last = '\0';
        for (var i = 0; i < segment.Length; i++)
        {
            last = segment[i];
            if (last == '%' && i + 2 < segment.Length
                && byte.TryParse(segment.Slice(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var escaped))
            {
                last = (char)escaped;
                i += 2;
            }

            if (last is '/' or '\\' or ';' or < ' ' or '\u007f')
            {
                return true;
            }
        }

        // "." and "..", plain or escaped, are among these; so is the space that some file systems drop like the dot.
        return last is '.' or ' ';
    }
}
