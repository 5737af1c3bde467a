using Eventicat.Accounts;

namespace Eventicat.Dashboard.Sending;

/// <summary>An event to try an account with.</summary>
internal sealed record TestEvent(AggregatorId Aggregator, string Name)
{
    public const string KeyPlaceholder = "$EVENTICAT_KEY";

    public Uri UrlFrom(Uri gateway) => new(gateway, $"/api/event?_id={Aggregator}&name={Uri.EscapeDataString(Name)}");

    /// <summary>The same for a terminal. The key goes into the header: a URL would be kept by every proxy on the way.</summary>
    /// <param name="gateway">Where clients reach it.</param>
    /// <param name="key">The key itself where it is shown anyhow; otherwise <see cref="KeyPlaceholder"/>.</param>
    public string ToCurl(Uri gateway, string key) => $"curl -H \"Authorization: Bearer {key}\" '{UrlFrom(gateway).AbsoluteUri}'";
}
