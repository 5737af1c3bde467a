using Eventicat.Control.Operations;
using Eventicat.Dashboard.Admin.Answers;

namespace Eventicat.Dashboard.Admin.Keys;

/// <summary>A key that has just been made.</summary>
/// <param name="Id">Its public id.</param>
/// <param name="Account">Whose.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Scopes">What it may do.</param>
/// <param name="Created">When.</param>
/// <param name="Expires">The first moment at which it no longer works; null for never.</param>
/// <param name="Key">The key itself, this once; null when the answer is given again.</param>
internal sealed record NewKeyBody(
    string Id, string Account, string Name, IReadOnlyList<KeyScope> Scopes, DateTimeOffset? Created, DateTimeOffset? Expires, string? Key) : IShownOnce
{
    public static NewKeyBody Of(Eventicat.Accounts.AccountId account, NewKey made) => new(
        made.Key.Id.ToString(), account.ToString(), made.Key.Name, KeyScopes.Of(made.Key.Scopes), made.Key.Created, made.Key.Expires, made.Secret.Reveal());

    public object WithoutSecret() => this with { Key = null };
}
