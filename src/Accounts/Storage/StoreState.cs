namespace Eventicat.Accounts.Storage;

public enum StoreState
{
    /// <summary>The store has never answered this process: no account is known.</summary>
    Unreached,

    Healthy,

    /// <summary>The store answered before and does not now, or not rightly: what is known may be old.</summary>
    Degraded,
}
