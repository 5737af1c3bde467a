using System.Text.Json.Serialization;
using Eventicat.Accounts;
using Eventicat.Control.Operations;

namespace Eventicat.Dashboard.Admin.Accounts;

/// <param name="Id">1 to 64 letters, digits, '_' or '-'.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Disabled">Whether its keys are refused.</param>
/// <param name="Limit">null: the gateway's default.</param>
/// <param name="UrlKeys">What becomes of keys in URLs; null: as the gateway says.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record NewAccount(string Id, string Name = "", bool Disabled = false, LimitBody? Limit = null, UrlKeyPolicy? UrlKeys = null)
{
    public AccountUpdate ToSettings() => new() { Name = Name, Disabled = Disabled, Limit = Limit?.ToLimit(), UrlKeys = UrlKeys };

    /// <summary>Whether this is what the account is already, so that asking for it again is no conflict.</summary>
    public bool Describes(Account account) => AccountBody.Of(account) == new AccountBody(Id, Name, Disabled, Limit, UrlKeys);
}
