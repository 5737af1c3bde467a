namespace Eventicat.Gateway.Credentials;

/// <summary>As much of <c>Link</c> (RFC 8288) as it takes to leave some links out: which there are, and what they are for.</summary>
internal static class LinkHeader
{
    /// <summary>A comma separates links unless it is within an address or a quoted value.</summary>
    public static IEnumerable<string> Split(string header) => SplitAt(header, ',');

    public static bool HasRelation(string link, string relation) => SplitAt(link, ';')
        .Skip(1)
        .Select(parameter => parameter.Split('=', 2, StringSplitOptions.TrimEntries))
        .Where(parameter => parameter.Length == 2 && parameter[0].Equals("rel", StringComparison.OrdinalIgnoreCase))
        .SelectMany(parameter => parameter[1].Trim('"').Split(' '))
        .Contains(relation, StringComparer.OrdinalIgnoreCase);

    private static IEnumerable<string> SplitAt(string text, char separator)
    {
        var start = 0;
        var end = '\0';
        for (var at = 0; at < text.Length; at++)
        {
            if (end != '\0')
            {
                end = text[at] == end ? '\0' : end;
            }
            else if (text[at] is '<' or '"')
            {
                end = text[at] == '<' ? '>' : '"';
            }
            else if (text[at] == separator)
            {
                yield return text[start..at].Trim();
                start = at + 1;
            }
        }

        yield return text[start..].Trim();
    }
}
