using System.Text.Json.Serialization;
using Eventicat.Accounts;
using Eventicat.Control.Operations;

namespace Eventicat.Dashboard.Admin.Accounts;

/// <summary>The settings of an account.</summary>
/// <param name="Id">1 to 64 letters, digits, '_' or '-'.</param>
/// <param name="Name">The name that people see.</param>
/// <param name="Disabled">Whether its keys are refused.</param>
/// <param name="Limit">The account's own limit; null for the gateway's default.</param>
/// <param name="UrlKeys">How keys in URLs are treated; null for the gateway's default.</param>
internal sealed record AccountBody(string Id, string Name, bool Disabled, LimitBody? Limit, UrlKeyPolicy? UrlKeys)
{
    public const string Example =
        """{"id":"acme","name":"Acme Inc.","disabled":false,"limit":{"permits":5000,"window":"00:01:00"},"urlKeys":"warn"}""";

    public static AccountBody Of(Account account) =>
        new(account.Id.ToString(), account.Name, account.Disabled, LimitBody.Of(account.Limit), account.UrlKeys);
}

/// <param name="Accounts">In the ordinal order of their ids.</param>
/// <param name="Next">The value of after for the next page; null at the end.</param>
internal sealed record AccountPageBody(IEnumerable<AccountBody> Accounts, string? Next)
{
    public const string Example = $$"""{"accounts":[{{AccountBody.Example}}],"next":"acme"}""";
}

/// <param name="Permits">Requests in any window, 1 to 1000000.</param>
/// <param name="Window">The window's length, hh:mm:ss, at most 31 days.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record LimitBody(int Permits, TimeSpan Window)
{
    public static LimitBody? Of(AccountLimit? limit) => limit is null ? null : new(limit.Permits, limit.Window);

    public AccountLimit ToLimit() => new(Permits, Window);
}

/// <param name="Id">1 to 64 letters, digits, '_' or '-'.</param>
/// <param name="Name">The name that people see.</param>
/// <param name="Disabled">Whether its keys are refused.</param>
/// <param name="Limit">The account's own limit; null for the gateway's default.</param>
/// <param name="UrlKeys">How keys in URLs are treated; null for the gateway's default.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record NewAccount(string Id, string Name = "", bool Disabled = false, LimitBody? Limit = null, UrlKeyPolicy? UrlKeys = null)
{
    public const string Example = """{"id":"acme","name":"Acme Inc.","limit":{"permits":5000,"window":"00:01:00"}}""";

    public AccountUpdate ToSettings() => new() { Name = Name, Disabled = Disabled, Limit = Limit?.ToLimit(), UrlKeys = UrlKeys };

    /// <summary>Whether the account has these settings already, so that asking for it again is no conflict.</summary>
    public bool Describes(Account account) => AccountBody.Of(account) == new AccountBody(Id, Name, Disabled, Limit, UrlKeys);
}

/// <summary>
/// A change of an account. A member that is missing stays as it is, a member that is null becomes the default: the
/// setters tell the two apart, since JSON sets only the members that the body has.
/// </summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed class AccountPatch
{
    public const string Example = """{"name":"Acme Ltd.","disabled":true,"limit":null}""";

    private AccountUpdate _update = new();

    /// <value>The name that people see.</value>
    public string Name
    {
        get => _update.Name.Or("");
        set => _update = _update with { Name = value };
    }

    /// <value>Whether its keys are refused.</value>
    public bool Disabled
    {
        get => _update.Disabled.Or(false);
        set => _update = _update with { Disabled = value };
    }

    /// <value>The account's own limit; null for the gateway's default.</value>
    public LimitBody? Limit
    {
        get => LimitBody.Of(_update.Limit.Or(null));
        set => _update = _update with { Limit = value?.ToLimit() };
    }

    /// <value>How keys in URLs are treated; null for the gateway's default.</value>
    public UrlKeyPolicy? UrlKeys
    {
        get => _update.UrlKeys.Or(null);
        set => _update = _update with { UrlKeys = value };
    }

    public AccountUpdate ToUpdate() => _update;
}
