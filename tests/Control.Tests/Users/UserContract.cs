using Eventicat.Accounts;
using Eventicat.Control.Auditing;
using Eventicat.Control.Tests.TestSupport;
using Eventicat.Control.Users;

namespace Eventicat.Control.Tests.Users;

public abstract class UserContract(ControlPlace place) : ControlContract(place)
{
    private static readonly UserName Bob = UserName.Parse("bob@example.com");
    private static readonly AccountId Acme = AccountId.Parse("acme");

    [Fact]
    public async Task Invite_NewUser_IsInvitedByThisSecretUntilItEnds()
    {
        var users = Place.Open().Users;

        var invitation = await users.InviteAsync(Ada, Bob, Acme, Token);

        var user = (await users.FindAsync(Bob, Token))!;
        Assert.Equal((UserRole.Owner, (AccountId?)Acme, null), (user.Role, user.Account, user.PasswordHash));
        Assert.True(users.IsInvited(user, invitation.Secret));
        Assert.False(users.IsInvited(user, invitation.Secret[..^1] + "!"));
        Assert.False(users.IsInvited(user, ""));
        Assert.False(users.IsInvited(user, null));
        Place.Time.Advance(UserOperations.InvitationLifetime);
        Assert.False(users.IsInvited(user, invitation.Secret));
    }

    [Fact]
    public async Task Invite_Secret_IsNeitherStoredNorSaid()
    {
        var store = Place.Open();

        var invitation = await store.Users.InviteAsync(Ada, Bob, Acme, Token);

        var record = await store.Records.FindAsync(Control.Storage.RecordKind.User, Bob.ToString(), Token);
        var entry = Assert.Single((await store.Audit.ReadAsync(new AuditQuery(), Token)).Entries);
        Assert.DoesNotContain(invitation.Secret, record!.Json + entry + invitation, StringComparison.Ordinal);
        Assert.Equal((AuditAction.UserInvite, (AccountId?)Acme, Bob.ToString()), (entry.Action, entry.Account, entry.Subject));
        Assert.Equal(
            $"https://example.com/dash/welcome?user=bob%40example.com&code={invitation.Secret}",
            invitation.LinkFrom(new Uri("https://example.com/dash/")));
    }

    [Fact]
    public async Task Invite_Again_EndsTheFormerInvitationOnly()
    {
        var users = Place.Open().Users;
        var first = await users.InviteAsync(Ada, Bob, Acme, Token);
        var before = (await users.FindAsync(Bob, Token))!;

        var second = await users.InviteAsync(Ada, Bob, Acme, Token);

        var user = (await users.FindAsync(Bob, Token))!;
        Assert.False(users.IsInvited(user, first.Secret));
        Assert.True(users.IsInvited(user, second.Secret));
        Assert.Equal(before.SecurityStamp, user.SecurityStamp);
    }

    [Fact]
    public async Task Invite_ToAnotherRole_EndsSessionsAndKeepsThePassword()
    {
        var users = Place.Open().Users;
        await users.InviteAsync(Ada, Bob, Acme, Token);
        var accepted = (await users.FindAsync(Bob, Token))!;
        (accepted.PasswordHash, accepted.Invitation) = ("hash", null);
        Assert.True(await users.TrySaveAsync(accepted, Token));

        await users.InviteAsync(Ada, Bob, account: null, Token);

        var user = (await users.FindAsync(Bob, Token))!;
        Assert.Equal((UserRole.Operator, null, "hash"), (user.Role, user.Account, user.PasswordHash));
        Assert.NotEqual(accepted.SecurityStamp, user.SecurityStamp);
    }

    [Fact]
    public async Task IsInvited_AcceptedInvitation_IsUsedUp()
    {
        var users = Place.Open().Users;
        var invitation = await users.InviteAsync(Ada, Bob, Acme, Token);
        var user = (await users.FindAsync(Bob, Token))!;
        user.Invitation = null;
        await users.TrySaveAsync(user, Token);

        Assert.False(users.IsInvited((await users.FindAsync(Bob, Token))!, invitation.Secret));
    }

    [Fact]
    public async Task Save_UserThatSomebodyHasChanged_IsRefused()
    {
        var (here, there) = (Place.Open().Users, Place.Open().Users);
        await here.InviteAsync(Ada, Bob, Acme, Token);
        var (mine, theirs) = ((await here.FindAsync(Bob, Token))!, (await there.FindAsync(Bob, Token))!);
        theirs.FailedSignIns = 3;

        Assert.True(await there.TrySaveAsync(theirs, Token));
        Assert.False(await here.TrySaveAsync(mine, Token));
        Assert.Equal(3, (await here.FindAsync(Bob, Token))!.FailedSignIns);
    }

    [Fact]
    public async Task Delete_User_IsGoneAndToldOnce()
    {
        var store = Place.Open();
        await store.Users.InviteAsync(Ada, Bob, Acme, Token);

        Assert.True(await store.Users.DeleteAsync(Ada, Bob, Token));
        Assert.False(await store.Users.DeleteAsync(Ada, Bob, Token));

        Assert.Null(await store.Users.FindAsync(Bob, Token));
        Assert.Empty(await store.Users.ListAsync(after: null, 10, Token));
        Assert.Equal(
            [AuditAction.UserDelete, AuditAction.UserInvite],
            (await store.Audit.ReadAsync(new AuditQuery(), Token)).Entries.Select(entry => entry.Action));
    }
}
