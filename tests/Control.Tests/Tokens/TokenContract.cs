using Eventicat.Control.Auditing;
using Eventicat.Control.Storage;
using Eventicat.Control.Tests.TestSupport;
using Eventicat.Control.Tokens;

namespace Eventicat.Control.Tests.Tokens;

public abstract class TokenContract(ControlPlace place) : ControlContract(place)
{
    [Fact]
    public async Task Verify_NewToken_IsKnownByEveryStore()
    {
        var created = await Place.Open().Tokens.CreateAsync(Ada, "deploy", expires: null, Token);

        var verified = await Place.Open().Tokens.VerifyAsync(created.Secret.Reveal(), Token);

        Assert.Equal(("deploy", created.Record.Id), (verified!.Name, verified.Id));
    }

    [Fact]
    public async Task Verify_RightIdAndWrongSecret_IsNobody()
    {
        var tokens = Place.Open().Tokens;
        var text = (await tokens.CreateAsync(Ada, "deploy", expires: null, Token)).Secret.Reveal();
        var forged = text[..^1] + (text[^1] == 'A' ? 'B' : 'A');

        Assert.Null(await tokens.VerifyAsync(forged, Token));
        Assert.Null(await tokens.VerifyAsync(text[..^1], Token));
        Assert.Null(await tokens.VerifyAsync(text + "A", Token));
        Assert.Null(await tokens.VerifyAsync(OperatorToken.Generate().Reveal(), Token));
        Assert.Null(await tokens.VerifyAsync("", Token));
        Assert.Null(await tokens.VerifyAsync(null, Token));
        Assert.NotNull(await tokens.VerifyAsync(text, Token));
    }

    [Fact]
    public async Task Verify_Expired_IsNobodyFromThatMomentOn()
    {
        var tokens = Place.Open().Tokens;
        var text = (await tokens.CreateAsync(Ada, "deploy", Place.Time.GetUtcNow().AddDays(1), Token)).Secret.Reveal();

        Place.Time.Advance(TimeSpan.FromDays(1) - TimeSpan.FromSeconds(1));
        Assert.NotNull(await tokens.VerifyAsync(text, Token));
        Place.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(await tokens.VerifyAsync(text, Token));
    }

    [Fact]
    public async Task Revoke_Token_IsNobodyAtOnceAndStaysSo()
    {
        var (here, there) = (Place.Open().Tokens, Place.Open().Tokens);
        var created = await here.CreateAsync(Ada, "deploy", expires: null, Token);

        Assert.True(await there.RevokeAsync(Ada, created.Record.Id, Token));
        Assert.False(await there.RevokeAsync(Ada, created.Record.Id, Token));

        Assert.Null(await here.VerifyAsync(created.Secret.Reveal(), Token));
        Assert.Empty(await here.ListAsync(after: null, 10, Token));
    }

    [Fact]
    public async Task Verify_NotesTheUseAtMostOnceAnHour()
    {
        var tokens = Place.Open().Tokens;
        var text = (await tokens.CreateAsync(Ada, "deploy", expires: null, Token)).Secret.Reveal();
        var first = Place.Time.GetUtcNow();

        await tokens.VerifyAsync(text, Token);
        Place.Time.Advance(TimeSpan.FromMinutes(59));
        await tokens.VerifyAsync(text, Token);
        Assert.Equal(first, Assert.Single(await tokens.ListAsync(after: null, 10, Token)).Used);
        Place.Time.Advance(TimeSpan.FromMinutes(1));
        await tokens.VerifyAsync(text, Token);
        Assert.Equal(Place.Time.GetUtcNow(), Assert.Single(await tokens.ListAsync(after: null, 10, Token)).Used);
    }

    [Fact]
    public async Task Create_Secret_IsNeitherStoredNorSaid()
    {
        var store = Place.Open();

        var created = await store.Tokens.CreateAsync(Ada, "deploy", expires: null, Token);

        var secret = created.Secret.Reveal()[13..];
        var record = await store.Records.FindAsync(RecordKind.Token, created.Record.Id, Token);
        var entry = Assert.Single((await store.Audit.ReadAsync(new AuditQuery(), Token)).Entries);
        Assert.DoesNotContain(secret, $"{record!.Json}{entry}{created}{created.Secret}", StringComparison.Ordinal);
        Assert.Contains(created.Secret.Sha256, record.Json, StringComparison.Ordinal);
        Assert.Equal((AuditAction.TokenCreate, created.Record.Id, "deploy"), (entry.Action, entry.Subject, entry.Detail));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("two\nlines")]
    public async Task Create_BadName_IsRefusedAndNotTold(string name)
    {
        var store = Place.Open();

        await Assert.ThrowsAsync<ArgumentException>(() => store.Tokens.CreateAsync(Ada, name, expires: null, Token));

        Assert.Empty((await store.Audit.ReadAsync(new AuditQuery(), Token)).Entries);
    }
}
