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
