namespace Eventicat.Accounts.Storage;

/// <summary>What a store knows of its own state, for readiness. Asking it costs nothing.</summary>
public interface IStoreHealth
{
    StoreHealth Health { get; }
}

/// <summary>A store's state as of its last answer.</summary>
/// <param name="State">Whether what the store gives can be relied on.</param>
/// <param name="Reason">What is wrong, fit for operators; <c>null</c> when nothing is.</param>
public sealed record StoreHealth(StoreState State, string? Reason)
{
    public static StoreHealth Unreached { get; } = new(StoreState.Unreached, "not asked yet");

    public static StoreHealth Healthy { get; } = new(StoreState.Healthy, null);
}

public enum StoreState
{
    /// <summary>The store has never answered this process: no account is known.</summary>
    Unreached,

    Healthy,

    /// <summary>The store answered before and does not now, or not rightly: what is known may be old.</summary>
    Degraded,
}
