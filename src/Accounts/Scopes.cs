namespace Eventicat.Accounts;

/// <summary>What a key may do. A key without any scope may do nothing.</summary>
[Flags]
public enum Scopes
{
    None = 0,

    /// <summary>Send events.</summary>
    Ingest = 1,

    /// <summary>Read events back.</summary>
    Read = 2,

    All = Ingest | Read,
}

/// <summary>How <see cref="Scopes"/> are written in documents, options and commands.</summary>
public static class ScopeNames
{
    public const string Ingest = "ingest";
    public const string Read = "read";

    public static bool TryParse(string? name, out Scopes scope)
    {
        scope = name switch
        {
            Ingest => Scopes.Ingest,
            Read => Scopes.Read,
            _ => Scopes.None,
        };
        return scope != Scopes.None;
    }

    public static IEnumerable<string> Of(Scopes scopes)
    {
        if (scopes.HasFlag(Scopes.Ingest))
        {
            yield return Ingest;
        }

        if (scopes.HasFlag(Scopes.Read))
        {
            yield return Read;
        }
    }
}
