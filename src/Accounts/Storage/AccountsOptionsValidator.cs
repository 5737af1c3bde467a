using Microsoft.Extensions.Options;

namespace Eventicat.Accounts.Storage;

internal sealed class AccountsOptionsValidator : IValidateOptions<AccountsOptions>
{
    public ValidateOptionsResult Validate(string? name, AccountsOptions options) =>
        options.MaxStaleness < TimeSpan.Zero
            ? ValidateOptionsResult.Fail($"Accounts:MaxStaleness must be zero or longer, not {options.MaxStaleness:c}.")
            : ValidateOptionsResult.Success;
}
