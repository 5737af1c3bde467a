using Eventicat.Accounts;

namespace Eventicat.Control.Operations;

/// <summary>An error with a sentence that says which account, key or value it is about.</summary>
public sealed record Denial(OperationError Error, string Message);

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

/// <summary>The texts of all denials.</summary>
internal static class Denials
{
    public static Denial AccountExists(AccountId id) =>
        new(OperationError.AccountExists, $"Account '{id}' exists already");

    public static Denial AccountNotFound(AccountId id) =>
        new(OperationError.AccountNotFound, $"There is no account '{id}'");

    public static Denial KeyExists(AccountId account, KeyId id) =>
        new(OperationError.KeyExists, $"Account '{account}' has a key '{id}' already");

    public static Denial SameKey(AccountId account) =>
        new(OperationError.KeyExists, $"Account '{account}' has this key already");

    public static Denial KeyNotFound(AccountId account, KeyId id) =>
        new(OperationError.KeyNotFound, $"Account '{account}' has no key '{id}'");

    public static Denial KeyNotUsable(KeyId id) =>
        new(OperationError.KeyNotUsable, $"Key '{id}' is revoked or expired");

    public static Denial AggregatorExists(AggregatorId id) =>
        new(OperationError.AggregatorExists, $"Aggregator '{id}' exists already");

    public static Denial AggregatorNotFound(AccountId account, AggregatorId id) =>
        new(OperationError.AggregatorNotFound, $"Account '{account}' has no aggregator '{id}'");

    public static Denial Taken(string what) =>
        new(OperationError.Taken, KeyDigest.TryParse(what, out _) ? "Another account has this key" : $"Another account has '{what}'");

    public static Denial UnknownKey() => new(OperationError.UnknownKey, "No account has this key");

    public static Denial Changed(AccountId id) =>
        new(OperationError.Changed, $"Account '{id}' was changed meanwhile");

    public static Denial InvalidName(string rule) => new(OperationError.InvalidName, $"The name {rule}");

    public static Denial InvalidLimit(string rule) => new(OperationError.InvalidLimit, $"The limit is not valid: {rule}");

    public static Denial InvalidKey() =>
        new(OperationError.InvalidKey, $"Not a key: {KeyOperations.MinImportedLength} to {ApiKey.MaxLength} characters A-Z a-z 0-9 - . _ ~ + / =, and one that starts with '{ApiKey.Prefix}' must be complete");

    public static Denial InvalidExpiry() => new(OperationError.InvalidExpiry, "The expiry must be in the future");

    public static Denial InvalidGrace() => new(OperationError.InvalidExpiry, "The grace must not be negative");

    public static Denial InvalidScopes() => new(OperationError.InvalidScopes, "A key needs at least one scope");
}
