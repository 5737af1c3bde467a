namespace Eventicat.Accounts;

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
