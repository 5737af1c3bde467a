using Microsoft.Extensions.Options;

namespace Eventicat.Accounts.Storage;

/// <summary>Section <c>Accounts</c>.</summary>
public sealed class AccountsOptions
{
    public const string Section = "Accounts";
    public const string DefaultFile = "accounts.json";

    /// <value>
    /// The accounts document. Set: accounts come from this file. Empty (default): from Redis when
    /// <c>Redis:Connection</c> is set, else from <c>accounts.json</c> in the working directory.
    /// </value>
    public string? File { get; set; }

    /// <value>How long a gateway goes on using cached accounts while the store does not answer. Zero or longer; default 5 minutes.</value>
    public TimeSpan MaxStaleness { get; set; } = TimeSpan.FromMinutes(5);
}

internal sealed class AccountsOptionsValidator : IValidateOptions<AccountsOptions>
{
    public ValidateOptionsResult Validate(string? name, AccountsOptions options) =>
        options.MaxStaleness < TimeSpan.Zero
            ? ValidateOptionsResult.Fail($"Accounts:MaxStaleness must be zero or longer, not {options.MaxStaleness:c}.")
            : ValidateOptionsResult.Success;
}
