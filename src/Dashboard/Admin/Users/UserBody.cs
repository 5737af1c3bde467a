using Eventicat.Control.Users;

namespace Eventicat.Dashboard.Admin.Users;

/// <param name="Name">What they sign in with.</param>
/// <param name="Operator">Whether they may do everything.</param>
/// <param name="Account">Whose owner they are; null for an operator.</param>
/// <param name="Created">When they were invited first.</param>
/// <param name="LastSignIn">null for never.</param>
/// <param name="InvitedUntil">When the open invitation ends; null: there is none.</param>
internal sealed record UserBody(
    string Name, bool Operator, string? Account, DateTimeOffset Created, DateTimeOffset? LastSignIn, DateTimeOffset? InvitedUntil)
{
    public static UserBody Of(User user) => new(
        user.Name.ToString(), user.Role == UserRole.Operator, user.Account?.ToString(), user.Created, user.LastSignIn, user.Invitation?.Expires);
}
