using System.Security.Cryptography;
using System.Text;
using Eventicat.Accounts;
using Eventicat.Control.Auditing;
using Eventicat.Control.Storage;

namespace Eventicat.Control.Users;

/// <summary>What can be done to the dashboard's users.</summary>
public sealed class UserOperations(IRecordStore records, IAuditLog audit, TimeProvider time)
{
    /// <summary>Long enough for a weekend.</summary>
    public static readonly TimeSpan InvitationLifetime = TimeSpan.FromDays(3);

    private const int SecretLength = 32;
    private const string SecretCharacters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    public async Task<User?> FindAsync(UserName name, CancellationToken cancellationToken) =>
        await records.FindAsync(RecordKind.User, name.ToString(), cancellationToken) is { } record ? UserJson.Read(record) : null;

    /// <summary>Users in order of their names.</summary>
    public async Task<IReadOnlyList<User>> ListAsync(UserName? after, int limit, CancellationToken cancellationToken) =>
        [.. (await records.ListAsync(RecordKind.User, after?.ToString(), limit, cancellationToken)).Select(UserJson.Read)];

    /// <summary>
    /// Makes a user, or gives one a new role or a way to a new password. A password that a user has goes on working
    /// until the invitation is accepted; sessions of a user whose role changes end.
    /// </summary>
    /// <param name="actor">Who invites.</param>
    /// <param name="name">Whom.</param>
    /// <param name="account">The account that the user is to own; <c>null</c> for an operator.</param>
    /// <param name="cancellationToken">Ends waiting for the store.</param>
    public async Task<Invitation> InviteAsync(Actor actor, UserName name, AccountId? account, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        var role = account is null ? UserRole.Operator : UserRole.Owner;
        await AuditAsync(actor, AuditAction.UserInvite, name, account, role.ToString().ToLowerInvariant(), cancellationToken);
        var now = time.GetUtcNow();
        var secret = RandomNumberGenerator.GetString(SecretCharacters, SecretLength);
        while (true)
        {
            var user = await FindAsync(name, cancellationToken)
                ?? new User { Name = name, Role = role, Account = account, Created = now, SecurityStamp = NewStamp() };
            if ((user.Role, user.Account) != (role, account))
            {
                (user.Role, user.Account, user.SecurityStamp) = (role, account, NewStamp());
            }

            user.Invitation = new InvitationRecord(Digest(secret), now + InvitationLifetime);
            if (await TrySaveAsync(user, cancellationToken))
            {
                return new Invitation(name, secret, user.Invitation.Expires);
            }
        }
    }

    /// <summary>Whether this is the user's open invitation. Takes as long for a wrong secret as for the right one.</summary>
    public bool IsInvited(User user, string? secret)
    {
        ArgumentNullException.ThrowIfNull(user);
        return user.Invitation is { } invitation
            && time.GetUtcNow() < invitation.Expires
            && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(invitation.Sha256), Encoding.ASCII.GetBytes(Digest(secret ?? "")));
    }

    /// <returns>Whether there was such a user.</returns>
    public async Task<bool> DeleteAsync(Actor actor, UserName name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (await FindAsync(name, cancellationToken) is not { } user)
        {
            return false;
        }

        await AuditAsync(actor, AuditAction.UserDelete, name, user.Account, "", cancellationToken);
        return await records.DeleteAsync(RecordKind.User, name.ToString(), cancellationToken);
    }

    /// <returns>False: somebody has changed the user since it was read.</returns>
    public async Task<bool> TrySaveAsync(User user, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(user);
        var record = new StoredRecord(user.Name.ToString(), user.Version, UserJson.Write(user));
        var saved = await records.TryPutAsync(RecordKind.User, record, expires: null, cancellationToken);
        user.Version += saved ? 1 : 0;
        return saved;
    }

    /// <summary>For <see cref="User.SecurityStamp"/>.</summary>
    public static string NewStamp() => Convert.ToHexString(RandomNumberGenerator.GetBytes(16));

    private static string Digest(string secret) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    private Task AuditAsync(
        Actor actor, string action, UserName name, AccountId? account, string detail, CancellationToken cancellationToken) =>
        audit.AppendAsync(new AuditEntry(time.GetUtcNow(), actor.ToString(), action, account, name.ToString(), detail), cancellationToken);
}
