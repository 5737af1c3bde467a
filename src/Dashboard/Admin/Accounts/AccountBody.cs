using Eventicat.Accounts;

namespace Eventicat.Dashboard.Admin.Accounts;

/// <summary>An account's own settings.</summary>
/// <param name="Id">1 to 64 letters, digits, '_' or '-'.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Disabled">Whether its keys are refused.</param>
/// <param name="Limit">null: the gateway's default.</param>
/// <param name="UrlKeys">What becomes of keys in URLs; null: as the gateway says.</param>
internal sealed record AccountBody(string Id, string Name, bool Disabled, LimitBody? Limit, UrlKeyPolicy? UrlKeys)
{
    public static AccountBody Of(Account account) =>
        new(account.Id.ToString(), account.Name, account.Disabled, LimitBody.Of(account.Limit), account.UrlKeys);
}
