using Eventicat.Control.Auditing;
using Eventicat.Control.Users;

namespace Eventicat.Dashboard.SignIn;

/// <summary>Records that somebody has signed in, with a password or at a provider.</summary>
internal sealed class UserSessions(UserOperations users, IAuditLog audit, TimeProvider time)
{
    public async Task RecordAsync(User user, CancellationToken cancellationToken)
    {
        user.LastSignIn = time.GetUtcNow();
        // When the user was changed meanwhile, this is not saved: the other change matters more than the time.
        await users.TrySaveAsync(user, cancellationToken);
        await AuditAsync(user, AuditAction.UserSignIn, cancellationToken);
    }

    public Task AuditAsync(User user, string action, CancellationToken cancellationToken) => audit.AppendAsync(
        new AuditEntry(time.GetUtcNow(), user.ToActor().ToString(), action, user.Account, user.Name.ToString()), cancellationToken);
}

internal static class UserActor
{
    /// <summary>The user as the audit log names them.</summary>
    public static Actor ToActor(this User user) =>
        user.Role == UserRole.Operator ? Actor.Operator(user.Name.ToString()) : Actor.Owner(user.Name.ToString());
}
