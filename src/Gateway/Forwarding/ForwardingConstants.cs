namespace Eventicat.Gateway.Forwarding;

internal static class ForwardingConstants
{
    public const string Section = "ReverseProxy";
    public const string ScopeMetadata = "Scope";
    public const string AllowMethodOverrideMetadata = "AllowMethodOverride";
    public const string AllowUpgradeMetadata = "AllowUpgrade";

    /// <summary>Policy of a route that needs a key but no aggregator.</summary>
    public const string AccountPolicy = "Account";

    public const string RequestIdHeader = "X-Request-Id";
    public const string AccountHeader = "X-Eventicat-Account";
    public const string KeyHeader = "X-Eventicat-Key";
    public const string AggregatorHeader = "X-Eventicat-Aggregator";

    /// <summary>Headers that only the gateway may send: to the backend, and to the client.</summary>
    public const string OwnPrefix = "X-Eventicat-";
}
