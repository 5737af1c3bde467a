namespace Eventicat.Gateway.Credentials;

/// <summary>
/// The address of the page that a request came from (RFC 9110 section 10.1.3): of a page that was itself opened with a
/// key in its URL it carries that key, and servers commonly log it.
/// </summary>
internal static class RefererHeader
{
    /// <summary>Key parameters go, every other byte stays; a query that hides a key goes as a whole.</summary>
    public static void CutKeys(IHeaderDictionary headers)
    {
        var came = headers.Referer;
        for (var at = 0; at < came.Count; at++)
        {
            if (came[at] is { } address && TryCut(address, out var rest))
            {
                var values = came.ToArray();
                values[at] = rest;
                headers.Referer = came = values;
            }
        }
    }

    private static bool TryCut(string address, out string rest)
    {
        rest = address;
        var start = address.IndexOf('?', StringComparison.Ordinal);
        if (start < 0)
        {
            return false;
        }

        var end = address.IndexOf('#', start) is var fragment and >= 0 ? fragment : address.Length;
        var scan = QueryScanner.Scan(address[start..end]);
        rest = scan.HasKey ? string.Concat(address.AsSpan(0, start), scan.Query, address.AsSpan(end)) : address;
        return scan.HasKey;
    }
}
