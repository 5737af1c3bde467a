namespace Eventicat.Dashboard.Usage;

/// <summary>What the gateway says of an account's traffic.</summary>
/// <param name="Window">The limit as of now; <c>null</c> when the gateway cannot tell.</param>
/// <param name="Minutes">The last two hours, oldest first; minutes without a request are left out.</param>
/// <param name="Hours">The last seven days, likewise.</param>
/// <param name="Keys">Last use of keys by id, in unix seconds, as far as the gateway knows.</param>
internal sealed record AccountUsage(
    LimitWindow? Window, IReadOnlyList<UsageBucket> Minutes, IReadOnlyList<UsageBucket> Hours, IReadOnlyDictionary<string, long> Keys);
