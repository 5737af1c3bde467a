namespace Eventicat.Accounts;

/// <summary>What an account's events are sent to, named by <c>_id</c> in the URL.</summary>
public sealed record Aggregator(AggregatorId Id, string Name = "");
