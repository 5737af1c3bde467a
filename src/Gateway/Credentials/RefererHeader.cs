using Eventicat.Accounts;
using Eventicat.Gateway.Requests;

namespace Eventicat.Gateway.Credentials;

/// <summary>
/// The address of the page that a request came from (RFC 9110 section 10.1.3): of a page that was itself opened with a
/// key in its URL it carries that key, and servers commonly log it.
/// </summary>
internal static class RefererHeader
{
    /// <summary>
    /// Key parameters go, every other byte stays. Where a key may be left, under an alias or, twice encoded, in an address
    /// to return to, all behind the path goes.
    /// </summary>
    /// <param name="headers">The request's.</param>
    /// <param name="key">The request's own.</param>
    public static void CutKeys(IHeaderDictionary headers, ApiKey? key)
    {
        var came = headers.Referer;
        for (var at = 0; at < came.Count; at++)
        {
            // With a control character in it the request is refused later, for what it was.
            if (came[at] is { } address && !HeaderValue.HasControl(address) && Cut(address, key) is var rest && rest != address)
            {
                var values = came.ToArray();
                values[at] = rest;
                headers.Referer = came = values;
            }
        }
    }

    private static string Cut(string address, ApiKey? key)
    {
        var start = address.IndexOf('?', StringComparison.Ordinal);
        var end = address.IndexOf('#', Math.Max(start, 0)) is var fragment and >= 0 ? fragment : address.Length;
        var scan = start < 0 ? default : QueryScanner.Scan(address[start..end]);
        var rest = scan.HasKey ? string.Concat(address.AsSpan(0, start), scan.Query, address.AsSpan(end)) : address;
        if (!scan.HasKeyAlias && !Holds(rest, key))
        {
            return rest;
        }

        var path = rest[..(rest.AsSpan().IndexOfAny('?', '#') is var behind and >= 0 ? behind : rest.Length)];
        return Holds(path, key) ? "" : path;
    }

    private static bool Holds(string address, ApiKey? key)
    {
        if (key is null)
        {
            return false;
        }

        for (var decodings = 0; decodings < 2 && address.Contains('%', StringComparison.Ordinal); decodings++)
        {
            address = PercentEncoding.DecodeBytes(address);
        }

        return address.Contains(key.Reveal(), StringComparison.Ordinal);
    }
}
