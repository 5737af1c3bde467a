namespace Eventicat.Accounts.Storage;

/// <summary>A store's state as of its last answer.</summary>
/// <param name="State">Whether what the store gives can be relied on.</param>
/// <param name="Reason">What is wrong, fit for operators; <c>null</c> when nothing is.</param>
public sealed record StoreHealth(StoreState State, string? Reason)
{
    public static StoreHealth Unreached { get; } = new(StoreState.Unreached, "not asked yet");

    public static StoreHealth Healthy { get; } = new(StoreState.Healthy, null);
}
