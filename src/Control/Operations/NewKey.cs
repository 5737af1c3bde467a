using Eventicat.Accounts;

namespace Eventicat.Control.Operations;

/// <summary>A key that has just been made. <paramref name="Secret"/> exists here only: it is shown once and then gone.</summary>
public sealed record NewKey(AccountKey Key, ApiKey Secret);
