using Eventicat.Control.Auditing;
using Eventicat.Control.Users;

namespace Eventicat.Dashboard.SignIn;

/// <summary>Keeps in mind that somebody has signed in, however they did.</summary>
internal sealed class UserSessions(UserOperations users, IAuditLog audit, TimeProvider time)
{
    public async Task RecordAsync(User user, CancellationToken cancellationToken)
    {
        user.LastSignIn = time.GetUtcNow();
        // Whoever has changed the user meanwhile did something of more weight.
        await users.TrySaveAsync(user, cancellationToken);
        await AuditAsync(user, AuditAction.UserSignIn, cancellationToken);
    }

    public Task AuditAsync(User user, string action, CancellationToken cancellationToken) => audit.AppendAsync(
        new AuditEntry(time.GetUtcNow(), user.ToActor().ToString(), action, user.Account, user.Name.ToString()), cancellationToken);
}
