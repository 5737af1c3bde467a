namespace Eventicat.Fuzzing.Model;

internal enum TargetForm
{
    None,
    Origin,
    Absolute,
    Asterisk,
}

/// <summary>A request target (RFC 9112 section 3.2), and what a query says by the contract.</summary>
internal sealed class RequestTarget
{
    public RequestTarget(string target)
    {
        var rest = target;
        if (target.StartsWith('/'))
        {
            Form = TargetForm.Origin;
        }
        else if (target == "*")
        {
            Form = TargetForm.Asterisk;
        }
        else if (target.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || target.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
        {
            var start = target.IndexOfAny(['/', '?'], target.IndexOf("://", StringComparison.Ordinal) + 3);
            rest = start < 0 ? "" : target[start..];
            Form = rest.StartsWith('/') ? TargetForm.Absolute : TargetForm.None;
        }

        var question = rest.IndexOf('?', StringComparison.Ordinal);
        Path = question < 0 ? rest : rest[..question];
        DecodedPath = Grammar.Decode(Path);
        ReadQuery(question < 0 ? "" : rest[question..]);
    }

    public TargetForm Form { get; }

    /// <value>As it came.</value>
    public string Path { get; }

    public string DecodedPath { get; }

    /// <value>Without the keys; every other byte as it came.</value>
    public string CutQuery { get; private set; } = "";

    public List<string> Keys { get; } = [];

    public List<string> Ids { get; } = [];

    /// <value>Whether a backend that takes <c>;</c> for a separator would find a key.</value>
    public bool HidesKey { get; private set; }

    public bool HidesId { get; private set; }

    /// <value>Whether a name stays that PHP and others read as the key parameter.</value>
    public bool HasKeyAlias { get; private set; }

    /// <value>Whether backends may read this path otherwise than the routes do: see docs/failure-modes.md.</value>
    public bool IsAmbiguous
    {
        get
        {
            var segments = Path.Length == 0 ? [] : Path[1..].Split('/');
            return segments.SkipLast(1).Any(segment => segment.Length == 0) || segments.Select(Grammar.Decode).Any(segment =>
                segment.Any(letter => letter is '/' or '\\' or ';' or < ' ' or '\x7F') || segment.EndsWith('.') || segment.EndsWith(' '));
        }
    }

    private void ReadQuery(string query)
    {
        if (query.Length == 0)
        {
            return;
        }

        var decoded = Grammar.Decode(query);
        HidesKey = decoded.Contains(";_apikey=", StringComparison.OrdinalIgnoreCase);
        HidesId = decoded.Contains(";_id=", StringComparison.OrdinalIgnoreCase);
        var kept = new List<string>();
        var hasAliasOfId = false;
        foreach (var pair in query[1..].Split('&'))
        {
            var parts = pair.Split('=', 2);
            var name = Grammar.Decode(parts[0]);
            if (name.Is("_apikey"))
            {
                Keys.Add(Grammar.Decode(parts.ElementAtOrDefault(1) ?? ""));
                continue;
            }

            kept.Add(pair);
            if (name.Is("_id"))
            {
                Ids.Add(Grammar.Decode((parts.ElementAtOrDefault(1) ?? "").Replace('+', ' ')));
            }
            else
            {
                var read = Grammar.Decode(parts[0].Replace('+', ' ')).TrimStart(' ').Split('\0', '[')[0].Replace('.', '_').Replace(' ', '_');
                hasAliasOfId |= read.Is("_id");
                HasKeyAlias |= read.Is("_apikey");
            }
        }

        HidesId |= hasAliasOfId && Ids.Count > 0;

        CutQuery = kept.Count == 0 || (kept is [""] && Keys.Count > 0) ? "" : "?" + string.Join('&', kept);
    }
}
