using Eventicat.Accounts;

namespace Eventicat.Cli.Verify;

/// <summary>What is there to be checked; <c>null</c>: nothing of this kind.</summary>
internal sealed record VerifySettings(Uri Gateway, Uri? Management, Uri? Dashboard, ApiKey? Key, AggregatorId? Aggregator)
{
    /// <summary>Where a client's requests go; nothing is stored without an aggregator.</summary>
    public Uri Event(string query = "") => new(Gateway, $"api/event{query}");
}
