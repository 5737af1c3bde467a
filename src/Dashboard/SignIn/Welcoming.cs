using Eventicat.Control.Auditing;
using Eventicat.Control.Users;
using Microsoft.AspNetCore.Identity;

namespace Eventicat.Dashboard.SignIn;

/// <summary>Accepts an invitation: a link with which a user sets their password, once.</summary>
internal sealed class Welcoming(UserManager<User> users, SignInManager<User> signIn, UserOperations operations, UserSessions sessions)
{
    public async Task<bool> IsInvitedAsync(string? name, string? code, CancellationToken cancellationToken) =>
        await FindAsync(name, code, cancellationToken) is not null;

    /// <returns>What is wrong, for the person to read; empty when the password is set and the user is signed in.</returns>
    public async Task<IReadOnlyList<string>> AcceptAsync(string? name, string? code, string password, CancellationToken cancellationToken)
    {
        if (await FindAsync(name, code, cancellationToken) is not { } user)
        {
            return ["This invitation is not valid, or was used already. Ask for a new one."];
        }

        if (password.Length > PasswordRules.MaxLength)
        {
            return [$"The password must not be longer than {PasswordRules.MaxLength} characters."];
        }

        var errors = await ValidateAsync(user, password);
        if (errors.Count > 0)
        {
            return errors;
        }

        // All in one change: the new stamp ends older sessions, and without the invitation the link no longer works.
        user.PasswordHash = users.PasswordHasher.HashPassword(user, password);
        (user.Invitation, user.FailedSignIns, user.LockoutEnd) = (null, 0, null);
        user.SecurityStamp = UserOperations.NewStamp();
        if (!await operations.TrySaveAsync(user, cancellationToken))
        {
            return ["This invitation was used in another window. Sign in with the password set there."];
        }

        await sessions.AuditAsync(user, AuditAction.UserPassword, cancellationToken);
        await sessions.RecordAsync(user, cancellationToken);
        await signIn.SignInAsync(user, isPersistent: false);
        return [];
    }

    private async Task<User?> FindAsync(string? name, string? code, CancellationToken cancellationToken) =>
        UserName.TryParse(name, out var userName)
        && await operations.FindAsync(userName, cancellationToken) is { } user
        && operations.IsInvited(user, code)
            ? user
            : null;

    private async Task<List<string>> ValidateAsync(User user, string password)
    {
        var errors = new List<string>();
        foreach (var validator in users.PasswordValidators)
        {
            errors.AddRange((await validator.ValidateAsync(users, user, password)).Errors.Select(error => error.Description));
        }

        if (password.Contains(user.Name.ToString(), StringComparison.OrdinalIgnoreCase))
        {
            errors.Add("The password must not contain your name.");
        }

        return errors;
    }
}
