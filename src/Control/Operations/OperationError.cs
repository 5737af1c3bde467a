namespace Eventicat.Control.Operations;

/// <summary>Why an operation was not done. Expected, hence values: each has one text in <see cref="Denial"/>.</summary>
public enum OperationError
{
    AccountExists,
    AccountNotFound,
    KeyExists,
    KeyNotFound,

    /// <summary>Revoked or expired: there is nothing to regenerate.</summary>
    KeyNotUsable,
    /// <summary>No account has the key.</summary>
    UnknownKey,

    /// <summary>The account is not the one that the caller has seen.</summary>
    Changed,
    AggregatorExists,
    AggregatorNotFound,

    /// <summary>Another account has the key or the aggregator id.</summary>
    Taken,
    InvalidName,
    InvalidLimit,
    InvalidKey,
    InvalidExpiry,
    InvalidScopes,
}
