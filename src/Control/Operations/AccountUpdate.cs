using Eventicat.Accounts;

namespace Eventicat.Control.Operations;

/// <summary>What is to be changed of an account; what is not given stays.</summary>
public sealed record AccountUpdate
{
    public Optional<string> Name { get; init; }

    public Optional<bool> Disabled { get; init; }

    /// <value><c>null</c> for the gateway's default.</value>
    public Optional<AccountLimit?> Limit { get; init; }

    /// <value><c>null</c> for what the gateway does with keys in URLs.</value>
    public Optional<UrlKeyPolicy?> UrlKeys { get; init; }

    internal Denial? Validate() =>
        AccountOperations.ValidateName(Name.Or("")) ?? AccountOperations.ValidateLimit(Limit.Or(null));

    /// <returns>The same account where nothing would be another.</returns>
    internal Account Apply(Account account)
    {
        var updated = account with
        {
            Name = Name.Or(account.Name),
            Disabled = Disabled.Or(account.Disabled),
            Limit = Limit.Or(account.Limit),
            UrlKeys = UrlKeys.Or(account.UrlKeys),
        };
        return updated == account ? account : updated;
    }
}
