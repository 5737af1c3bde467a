namespace Eventicat.Accounts;

/// <summary>What becomes of a request whose key came in the URL, where proxies, browsers and logs may keep it.</summary>
public enum UrlKeyPolicy
{
    /// <summary>Served like any other.</summary>
    Allow,

    /// <summary>Served, and told that this will end.</summary>
    Warn,

    /// <summary>Refused like an unknown key.</summary>
    Refuse,
}

/// <summary>How <see cref="UrlKeyPolicy"/> is written in documents, options and commands: in lower case, read in any.</summary>
public static class UrlKeyPolicyNames
{
    /// <value>All of them, for messages.</value>
    public const string All = "allow, warn, refuse";

    public static bool TryParse(string? name, out UrlKeyPolicy policy)
    {
        (var known, policy) = name?.ToUpperInvariant() switch
        {
            "ALLOW" => (true, UrlKeyPolicy.Allow),
            "WARN" => (true, UrlKeyPolicy.Warn),
            "REFUSE" => (true, UrlKeyPolicy.Refuse),
            _ => (false, default(UrlKeyPolicy)),
        };
        return known;
    }

    public static string Of(UrlKeyPolicy policy) => policy switch
    {
        UrlKeyPolicy.Warn => "warn",
        UrlKeyPolicy.Refuse => "refuse",
        _ => "allow",
    };
}
