using Eventicat.Accounts;
using Eventicat.Accounts.Storage;
using Eventicat.Control.Auditing;
using Eventicat.Control.Operations;

namespace Eventicat.Control.Tests.Operations;

public sealed class AuditTests : OperationsTest
{
    private static readonly AggregatorId Aggregator = AggregatorId.Parse("agg_1");

    [Fact]
    public async Task EveryChange_LeavesOneEntryWithWhoWhatWhenAndNoKey()
    {
        await Accounts.UpdateAsync(Ada, Some.Acme, new AccountUpdate { Name = "New", Disabled = true, Limit = new AccountLimit(5, TimeSpan.FromSeconds(1)) }, Token);
        var first = (await Keys.CreateAsync(Ada, Some.Acme, new KeySettings("prod"), Token)).Value!;
        var second = (await Keys.RegenerateAsync(Ada, Some.Acme, first.Key.Id, grace: null, Token)).Value!;
        await Keys.RevokeAsync(Ada, Some.Acme, second.Key.Id, Token);
        await Aggregators.CreateAsync(Ada, Some.Acme, Aggregator, "Sign-ups", Token);
        await Aggregators.RenameAsync(Ada, Some.Acme, Aggregator, "Log-ins", Token);
        await Aggregators.DeleteAsync(Ada, Some.Acme, Aggregator, Token);
        await Accounts.DeleteAsync(Ada, Some.Acme, Token);

        Assert.Equal(
            [
                ("account.create", "", "Acme"),
                ("account.update", "", "name 'Acme' to 'New', limit default to 5 per 00:00:01, disabled"),
                ("key.create", $"{first.Key.Id}", "prod, ingest and read, never ends"),
                ("key.regenerate", $"{first.Key.Id}", $"replaced by {second.Key.Id}, ends at once"),
                ("key.revoke", $"{second.Key.Id}", ""),
                ("aggregator.create", "agg_1", "Sign-ups"),
                ("aggregator.rename", "agg_1", "Log-ins"),
                ("aggregator.delete", "agg_1", ""),
                ("account.delete", "", ""),
            ],
            Audit.Entries.Select(entry => (entry.Action, entry.Subject, entry.Detail)));
        Assert.All(Audit.Entries, entry => Assert.Equal(("operator:ada", Some.Acme, Time.GetUtcNow()), (entry.Actor, entry.Account!.Value, entry.Time)));
        Assert.DoesNotContain(first.Secret.Reveal(), string.Join('\n', Audit.Entries), StringComparison.Ordinal);
    }

    [Fact]
    public async Task DenialsAndChangesOfNothing_LeaveNoEntry()
    {
        Audit.Entries.Clear();

        await Accounts.CreateAsync(Ada, Some.Acme, "Acme", null, Token);
        await Accounts.UpdateAsync(Ada, Some.Acme, new AccountUpdate { Disabled = false, Name = "Acme" }, Token);
        await Accounts.UpdateAsync(Ada, Some.Umbrella, new AccountUpdate { Disabled = true }, Token);
        await Keys.RevokeAsync(Ada, Some.Acme, KeyId.Parse("unknown"), Token);

        Assert.Empty(Audit.Entries);
    }

    [Fact]
    public async Task LogThatCannotBeWritten_LeavesTheAccountAsItWas()
    {
        Audit.Failure = new AccountStoreUnavailableException("full");

        await Assert.ThrowsAsync<AccountStoreUnavailableException>(
            () => Accounts.UpdateAsync(Ada, Some.Acme, new AccountUpdate { Disabled = true }, Token));

        Assert.False((await AcmeAsync()).Disabled);
    }

    [Fact]
    public async Task ChangeThatLosesARaceAfterItsEntry_IsSaidNotToBeDone()
    {
        Audit.Entries.Clear();
        Audit.BeforeAppend = () => Accounts.DeleteAsync(Ada, Some.Acme, Token);

        var result = await Accounts.UpdateAsync(Ada, Some.Acme, new AccountUpdate { Disabled = true }, Token);

        AssertDenied(OperationError.AccountNotFound, result);
        Assert.Equal(
            [("account.delete", ""), ("account.update", "disabled"), ("account.update", "not done: There is no account 'acme'")],
            Audit.Entries.Select(entry => (entry.Action, entry.Detail)));
    }

    [Fact]
    public async Task Expected_OfAnOlderVersion_ChangesNothing()
    {
        var seen = AccountVersion.Of(await AcmeAsync());
        await Accounts.UpdateAsync(Ada with { Expected = seen }, Some.Acme, new AccountUpdate { Name = "First" }, Token);

        var second = await Accounts.UpdateAsync(Ada with { Expected = seen }, Some.Acme, new AccountUpdate { Name = "Second" }, Token);

        AssertDenied(OperationError.Changed, second);
        Assert.Equal("First", (await AcmeAsync()).Name);
    }

    [Fact]
    public async Task ReportLeak_RevokesTheKeyWhosesoeverItIs()
    {
        var key = (await Keys.CreateAsync(Ada, Some.Acme, new KeySettings(), Token)).Value!;

        var leaked = await Keys.ReportLeakAsync(Ada, key.Secret.Reveal(), Token);

        Assert.Equal((Some.Acme, key.Key.Id), (leaked.Value!.Account, leaked.Value.Key.Id));
        Assert.NotNull((await AcmeAsync()).Keys.Single().Revoked);
        Assert.Equal(AuditAction.KeyLeak, Audit.Entries[^1].Action);
        AssertDenied(OperationError.UnknownKey, await Keys.ReportLeakAsync(Ada, ApiKey.Generate(out _).Reveal(), Token));
        AssertDenied(OperationError.UnknownKey, await Keys.ReportLeakAsync(Ada, "evc_not a key", Token));
    }

    [Fact]
    public async Task NameWithAKeyInIt_IsDenied() => AssertDenied(
        OperationError.InvalidName,
        await Accounts.UpdateAsync(Ada, Some.Acme, new AccountUpdate { Name = "key " + ApiKey.Generate(out _).Reveal() }, Token));
}
