using Eventicat.Accounts;
using Eventicat.Control.Operations;

namespace Eventicat.Control.Tests.Operations;

public sealed class KeyOperationsTests : OperationsTest
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private DateTimeOffset Now => Time.GetUtcNow();

    [Fact]
    public async Task Create_Key_StoresItsDigestAndSettingsOnly()
    {
        var created = await CreateAsync(new KeySettings("prod", Scopes.Read, Now + Hour));

        var stored = Assert.Single((await AcmeAsync()).Keys);
        Assert.Equal(created.Secret.Digest, stored.Digest);
        Assert.Equal(("prod", Scopes.Read, Now + Hour, Now), (stored.Name, stored.Scopes, stored.Expires, stored.Created));
        Assert.Equal(created.Secret.Reveal()[4..12], stored.Id.ToString());
    }

    [Fact]
    public async Task Create_ExpiryNotInTheFuture_IsDenied() =>
        AssertDenied(OperationError.InvalidExpiry, await Keys.CreateAsync(Ada, Some.Acme, new KeySettings(Expires: Now), Token));

    [Fact]
    public async Task Create_NoScope_IsDenied() =>
        AssertDenied(OperationError.InvalidScopes, await Keys.CreateAsync(Ada, Some.Acme, new KeySettings(Scopes: Scopes.None), Token));

    [Fact]
    public async Task Regenerate_WithoutGrace_RevokesTheOldKeyAtOnce()
    {
        var old = await CreateAsync(new KeySettings("prod", Scopes.Ingest));

        var replacement = (await Keys.RegenerateAsync(Ada, Some.Acme, old.Key.Id, null, Token)).Value!;

        var keys = (await AcmeAsync()).Keys;
        Assert.Equal(Now, keys[0].Revoked);
        Assert.Equal(("prod", Scopes.Ingest, replacement.Secret.Digest), (keys[1].Name, keys[1].Scopes, keys[1].Digest));
        Assert.NotEqual(old.Key.Id, replacement.Key.Id);
    }

    [Fact]
    public async Task Regenerate_WithGrace_EndsTheOldKeyAfterIt()
    {
        var old = await CreateAsync(new KeySettings());

        await Keys.RegenerateAsync(Ada, Some.Acme, old.Key.Id, Hour, Token);

        var key = (await AcmeAsync()).Keys[0];
        Assert.Null(key.Revoked);
        Assert.Equal(Now + Hour, key.Expires);
    }

    [Fact]
    public async Task Regenerate_GraceBeyondTheOldExpiry_KeepsTheExpiry()
    {
        var old = await CreateAsync(new KeySettings(Expires: Now + Hour));

        await Keys.RegenerateAsync(Ada, Some.Acme, old.Key.Id, 2 * Hour, Token);

        Assert.Equal(old.Key.Expires, (await AcmeAsync()).Keys[0].Expires);
    }

    [Fact]
    public async Task Regenerate_RevokedOrExpiredKey_IsDenied()
    {
        var revoked = await CreateAsync(new KeySettings());
        var expiring = await CreateAsync(new KeySettings(Expires: Now + Hour));
        await Keys.RevokeAsync(Ada, Some.Acme, revoked.Key.Id, Token);
        Time.Advance(Hour);

        AssertDenied(OperationError.KeyNotUsable, await Keys.RegenerateAsync(Ada, Some.Acme, revoked.Key.Id, null, Token));
        AssertDenied(OperationError.KeyNotUsable, await Keys.RegenerateAsync(Ada, Some.Acme, expiring.Key.Id, Hour, Token));
    }

    [Fact]
    public async Task Regenerate_NegativeGrace_IsDenied()
    {
        var old = await CreateAsync(new KeySettings());

        AssertDenied(OperationError.InvalidExpiry, await Keys.RegenerateAsync(Ada, Some.Acme, old.Key.Id, -Hour, Token));
    }

    [Fact]
    public async Task Revoke_Twice_KeepsTheFirstMoment()
    {
        var key = await CreateAsync(new KeySettings());
        var first = Now;
        await Keys.RevokeAsync(Ada, Some.Acme, key.Key.Id, Token);
        Time.Advance(Hour);

        Assert.True((await Keys.RevokeAsync(Ada, Some.Acme, key.Key.Id, Token)).Succeeded);

        Assert.Equal(first, (await AcmeAsync()).Keys[0].Revoked);
    }

    [Fact]
    public async Task Revoke_UnknownKey_IsDenied() =>
        AssertDenied(OperationError.KeyNotFound, await Keys.RevokeAsync(Ada, Some.Acme, KeyId.Parse("nobody"), Token));

    [Fact]
    public async Task Import_KeyOfAnotherShape_IsFoundByItsDigest()
    {
        var imported = await Keys.ImportAsync(Ada, Some.Acme, "old-key-12345678", KeyId.Parse("legacy"), new KeySettings(), Token);

        Assert.Equal("legacy", imported.Value!.Key.Id.ToString());
        Assert.NotNull(await Store.FindByKeyAsync(KeyDigest.Of("old-key-12345678"), Token));
    }

    [Fact]
    public async Task Import_OurOwnKey_KeepsItsPublicId()
    {
        var key = ApiKey.Generate(out var id);

        var imported = await Keys.ImportAsync(Ada, Some.Acme, key.Reveal(), null, new KeySettings(), Token);

        Assert.Equal(id, imported.Value!.Key.Id);
    }

    [Theory]
    [InlineData("")]
    [InlineData("15-characters-x")]
    [InlineData("two words of a length")]
    [InlineData("evc_ABCDEFGH_0123456789abcdefghijklmnopqrstuv000000")]
    public async Task Import_NotAKey_IsDenied(string text) =>
        AssertDenied(OperationError.InvalidKey, await Keys.ImportAsync(Ada, Some.Acme, text, null, new KeySettings(), Token));

    [Fact]
    public async Task Import_KeyThatSomebodyHas_IsDenied()
    {
        await Accounts.CreateAsync(Ada, Some.Umbrella, "", null, Token);
        await Keys.ImportAsync(Ada, Some.Umbrella, "shared-by-two-of-them", KeyId.Parse("k"), new KeySettings(), Token);

        var elsewhere = await Keys.ImportAsync(Ada, Some.Acme, "shared-by-two-of-them", null, new KeySettings(), Token);
        AssertDenied(OperationError.Taken, elsewhere);
        Assert.DoesNotContain(KeyDigest.Of("shared-by-two-of-them").ToString(), elsewhere.Denial!.Message, StringComparison.Ordinal);
        AssertDenied(OperationError.KeyExists, await Keys.ImportAsync(Ada, Some.Umbrella, "shared-by-two-of-them", null, new KeySettings(), Token));
        AssertDenied(OperationError.KeyExists, await Keys.ImportAsync(Ada, Some.Umbrella, "another-key-of-theirs", KeyId.Parse("k"), new KeySettings(), Token));
    }

    private async Task<NewKey> CreateAsync(KeySettings settings) => (await Keys.CreateAsync(Ada, Some.Acme, settings, Token)).Value!;
}
