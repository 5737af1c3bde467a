using Eventicat.Control.Auditing;
using Eventicat.Control.Users;
using Microsoft.AspNetCore.Identity;

namespace Eventicat.Dashboard.SignIn;

/// <summary>
/// Signs in by name and password. Attempts with the same name are checked one after the other: checked at the same time,
/// more of them would pass than the count of failures allows before it locks the user out.
/// </summary>
internal sealed class PasswordSignIn(
    UserManager<User> users, SignInManager<User> signIn, PasswordTurns turns, UserSessions sessions)
{
    /// <summary>Stands for a name that nobody has: its password is hashed too, so that the answer takes as long as for a user.</summary>
    private static readonly User Nobody = new() { Name = UserName.Parse("nobody"), Role = UserRole.Owner };

    public async Task<bool> TryAsync(string? name, string? password, CancellationToken cancellationToken)
    {
        if (password is not { Length: > 0 and <= PasswordRules.MaxLength } || !UserName.TryParse(name, out var userName))
        {
            return false;
        }

        using var turn = await turns.TakeAsync(userName, cancellationToken);
        if (await users.FindByNameAsync(userName.ToString()) is not { PasswordHash: not null } user)
        {
            users.PasswordHasher.HashPassword(Nobody, password);
            return false;
        }

        var wasLockedOut = await users.IsLockedOutAsync(user);
        var result = await signIn.CheckPasswordSignInAsync(user, password, lockoutOnFailure: true);
        if (result.Succeeded)
        {
            await sessions.RecordAsync(user, cancellationToken);
            await signIn.SignInAsync(user, isPersistent: false);
        }
        else if (result.IsLockedOut && !wasLockedOut)
        {
            await sessions.AuditAsync(user, AuditAction.UserLockout, cancellationToken);
        }

        return result.Succeeded;
    }
}
