using System.Text.Json.Serialization;
using Eventicat.Accounts;
using Eventicat.Control.Operations;

namespace Eventicat.Dashboard.Admin.Accounts;

/// <summary>
/// What is to be changed. A member that is missing stays as it is, one that is null becomes the default: the setters
/// tell the two apart, since only members of the body are set.
/// </summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed class AccountPatch
{
    private AccountUpdate _update = new();

    /// <value>What people call it.</value>
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

    /// <value>null: the gateway's default.</value>
    public LimitBody? Limit
    {
        get => LimitBody.Of(_update.Limit.Or(null));
        set => _update = _update with { Limit = value?.ToLimit() };
    }

    /// <value>What becomes of keys in URLs; null: as the gateway says.</value>
    public UrlKeyPolicy? UrlKeys
    {
        get => _update.UrlKeys.Or(null);
        set => _update = _update with { UrlKeys = value };
    }

    public AccountUpdate ToUpdate() => _update;
}
