using Eventicat.Accounts;
using Eventicat.Control.AccountStorage;

namespace Eventicat.Control.Tests.AccountStorage;

/// <summary>What every store promises, whatever it is made of. <see cref="Open"/> gives one more instance over the same data.</summary>
public abstract partial class AccountStoreContract
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    protected abstract IAccountStore Open();

    [Fact]
    public async Task Find_NothingStored_GivesNothing()
    {
        var store = Open();

        Assert.Null(await store.FindAsync(Some.Acme, Token));
        Assert.Null(await store.FindByKeyAsync(Some.Digest(), Token));
        Assert.Null(await store.GetEpochAsync(Some.Acme, Token));
        Assert.Empty(await store.ListAsync(Token).ToListAsync(Token));
    }

    [Fact]
    public async Task Change_NewAccount_IsFoundByIdAndByKey()
    {
        var store = Open();
        var account = Some.Account(Some.Acme);

        var result = await store.ChangeAsync(Some.Acme, _ => account, Token);

        Assert.Null(result.Conflict);
        var byId = await store.FindAsync(Some.Acme, Token);
        var byKey = await store.FindByKeyAsync(account.Keys[0].Digest, Token);
        Assert.Equal(result.Snapshot!.Epoch, byId!.Epoch);
        Assert.Equal(result.Snapshot.Epoch, byKey!.Epoch);
        Assert.Equal(result.Snapshot.Epoch, await store.GetEpochAsync(Some.Acme, Token));
        Assert.Equal(account.Keys[0].Id, byKey.FindKey(account.Keys[0].Digest)!.Id);
        Assert.True(byId.TryGetAggregator(account.Aggregators[0].Id.ToString(), out _));
    }

    [Fact]
    public async Task Change_AllMembers_ComeBackAsStored()
    {
        var store = Open();
        var moment = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
        var account = Some.Account(Some.Acme) with
        {
            Name = "Acme \"Ünited\" <Inc.>",
            Disabled = true,
            Limit = new AccountLimit(7, TimeSpan.FromSeconds(30)),
            UrlKeys = UrlKeyPolicy.Refuse,
            Keys = [Some.Key() with { Name = "prod", Scopes = Scopes.Read, Created = moment, Expires = moment.AddDays(1), Revoked = moment.AddHours(1) }],
        };

        await store.ChangeAsync(Some.Acme, _ => account, Token);

        var stored = (await Open().FindAsync(Some.Acme, Token))!.Account;
        Assert.Equivalent(account, stored, strict: true);
    }

    [Fact]
    public async Task Change_ExistingAccount_GetsItAndReplacesIt()
    {
        var store = Open();
        var account = Some.Account(Some.Acme);
        await store.ChangeAsync(Some.Acme, _ => account, Token);
        var key = Some.Key();

        await store.ChangeAsync(Some.Acme, old => old! with { Keys = [.. old.Keys, key], Name = "Acme" }, Token);

        Assert.Equal("Acme", (await store.FindByKeyAsync(key.Digest, Token))!.Account.Name);
        Assert.NotNull(await store.FindByKeyAsync(account.Keys[0].Digest, Token));
    }

    [Fact]
    public async Task Change_KeyTakenAway_IsUnknown()
    {
        var store = Open();
        var account = Some.Account(Some.Acme);
        await store.ChangeAsync(Some.Acme, _ => account, Token);

        await store.ChangeAsync(Some.Acme, old => old! with { Keys = [] }, Token);

        Assert.Null(await store.FindByKeyAsync(account.Keys[0].Digest, Token));
        Assert.NotNull(await store.FindAsync(Some.Acme, Token));
    }

    [Fact]
    public async Task Change_ToNothing_DeletesTheAccountAndFreesItsKeysAndAggregators()
    {
        var store = Open();
        var account = Some.Account(Some.Acme);
        await store.ChangeAsync(Some.Acme, _ => account, Token);

        var deleted = await store.ChangeAsync(Some.Acme, _ => null, Token);

        Assert.Equal(new ChangeResult(null), deleted);
        Assert.Null(await store.FindAsync(Some.Acme, Token));
        Assert.Null(await store.FindByKeyAsync(account.Keys[0].Digest, Token));
        Assert.Null(await store.GetEpochAsync(Some.Acme, Token));
        var elsewhere = await store.ChangeAsync(Some.Umbrella, _ => account with { Id = Some.Umbrella }, Token);
        Assert.Null(elsewhere.Conflict);
    }

    [Fact]
    public async Task Change_NothingOfNothing_WritesNothing()
    {
        var store = Open();

        Assert.Equal(new ChangeResult(null), await store.ChangeAsync(Some.Acme, old => old, Token));
        Assert.Empty(await store.ListAsync(Token).ToListAsync(Token));
    }

    [Fact]
    public async Task Change_ReturnsItsArgument_KeepsTheEpoch()
    {
        var store = Open();
        var created = await store.ChangeAsync(Some.Acme, _ => Some.Account(Some.Acme), Token);

        var unchanged = await store.ChangeAsync(Some.Acme, old => old, Token);

        Assert.Equal(created.Snapshot!.Epoch, unchanged.Snapshot!.Epoch);
        Assert.Equal(created.Snapshot.Epoch, await store.GetEpochAsync(Some.Acme, Token));
    }

    [Fact]
    public async Task Epoch_EveryChangeAlsoAcrossDeletion_IsNew()
    {
        var store = Open();
        var epochs = new List<long?>();
        for (var round = 0; round < 5; round++)
        {
            epochs.Add((await store.ChangeAsync(Some.Acme, _ => Some.Account(Some.Acme), Token)).Snapshot!.Epoch);
            epochs.Add((await store.ChangeAsync(Some.Acme, old => old! with { Disabled = true }, Token)).Snapshot!.Epoch);
            await store.ChangeAsync(Some.Acme, _ => null, Token);
        }

        Assert.Equal(epochs.Count, epochs.Distinct().Count());
    }

    [Fact]
    public async Task Change_KeyOfAnotherAccount_IsAConflictAndChangesNothing()
    {
        var store = Open();
        var acme = Some.Account(Some.Acme);
        await store.ChangeAsync(Some.Acme, _ => acme, Token);

        var result = await store.ChangeAsync(Some.Umbrella, _ => Some.Account(Some.Umbrella) with { Keys = acme.Keys }, Token);

        Assert.Equal(new ChangeResult(null, acme.Keys[0].Digest.ToString()), result);
        Assert.Null(await store.FindAsync(Some.Umbrella, Token));
        Assert.Equal(Some.Acme, (await store.FindByKeyAsync(acme.Keys[0].Digest, Token))!.Account.Id);
    }

    [Fact]
    public async Task Change_AggregatorOfAnotherAccount_IsAConflictAndChangesNothing()
    {
        var store = Open();
        var acme = Some.Account(Some.Acme);
        await store.ChangeAsync(Some.Acme, _ => acme, Token);
        await store.ChangeAsync(Some.Umbrella, _ => new Account { Id = Some.Umbrella }, Token);

        var result = await store.ChangeAsync(Some.Umbrella, old => old! with { Aggregators = acme.Aggregators }, Token);

        Assert.Equal(acme.Aggregators[0].Id.ToString(), result.Conflict);
        Assert.Empty((await store.FindAsync(Some.Umbrella, Token))!.Account.Aggregators);
    }

    [Fact]
    public async Task Change_InvalidAccount_ThrowsAndStoresNothing()
    {
        var store = Open();

        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            store.ChangeAsync(Some.Acme, _ => new Account { Id = Some.Acme, Limit = new AccountLimit(0, TimeSpan.Zero) }, Token));
        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            store.ChangeAsync(Some.Acme, _ => new Account { Id = Some.Umbrella }, Token));

        Assert.Empty(await Open().ListAsync(Token).ToListAsync(Token));
    }

    [Fact]
    public async Task Change_ManyWritersOfTwoInstances_LoseNothing()
    {
        IAccountStore[] stores = [Open(), Open()];
        await stores[0].ChangeAsync(Some.Acme, _ => new Account { Id = Some.Acme }, Token);
        var keys = Enumerable.Range(0, 20).Select(_ => Some.Key()).ToList();

        await Task.WhenAll(keys.Select((key, i) =>
            stores[i % 2].ChangeAsync(Some.Acme, old => old! with { Keys = [.. old.Keys, key] }, Token)));

        var stored = (await Open().FindAsync(Some.Acme, Token))!.Account.Keys;
        Assert.Equal(keys.Select(key => key.Digest).ToHashSet(), stored.Select(key => key.Digest).ToHashSet());
    }

    [Fact]
    public async Task Change_TwoAccountsWantTheSameKeyAtOnce_OneGetsIt()
    {
        IAccountStore[] stores = [Open(), Open()];
        var key = Some.Key();
        AccountId[] ids = [Some.Acme, Some.Umbrella];

        var results = await Task.WhenAll(ids.Select((id, i) =>
            stores[i].ChangeAsync(id, _ => new Account { Id = id, Keys = [key] }, Token)));

        Assert.Single(results, result => result.Conflict is null);
        var winner = results.Single(result => result.Conflict is null).Snapshot!.Account.Id;
        Assert.Equal(winner, (await Open().FindByKeyAsync(key.Digest, Token))!.Account.Id);
    }

    [Fact]
    public async Task List_ManyAccounts_GivesEachOnce()
    {
        var store = Open();
        var accounts = Enumerable.Range(0, 700).Select(_ => Some.Account(Some.Id())).ToList();
        await store.ApplyAsync(accounts.ToAsyncEnumerable(), Token).ToListAsync(Token);

        var listed = await Open().ListAsync(Token).Select(snapshot => snapshot.Account.Id.ToString()).ToListAsync(Token);

        Assert.Equal(accounts.Select(account => account.Id.ToString()).Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Apply_NewChangedSameAndConflicting_TellsWhichInOrder()
    {
        var store = Open();
        var (changed, same) = (Some.Account(Some.Id()), Some.Account(Some.Id()));
        await store.ApplyAsync(new[] { changed, same }.ToAsyncEnumerable(), Token).ToListAsync(Token);
        var created = Some.Account(Some.Acme);
        var conflicting = Some.Account(Some.Umbrella) with { Keys = same.Keys };

        var results = await store.ApplyAsync(
            new[] { created, changed with { Disabled = true }, same, conflicting }.ToAsyncEnumerable(), Token).ToListAsync(Token);

        Assert.Equal(
            [
                new ApplyResult(created.Id, ApplyOutcome.Created),
                new ApplyResult(changed.Id, ApplyOutcome.Replaced),
                new ApplyResult(same.Id, ApplyOutcome.Unchanged),
                new ApplyResult(conflicting.Id, ApplyOutcome.Conflict, same.Keys[0].Digest.ToString()),
            ],
            results);
        Assert.True((await Open().FindAsync(changed.Id, Token))!.Account.Disabled);
    }

    [Fact]
    public async Task Apply_SameAccountSeveralTimes_LastOneStays()
    {
        var store = Open();
        var versions = Enumerable.Range(1, 20).Select(i => new Account { Id = Some.Acme, Name = $"{i}" });

        await store.ApplyAsync(versions.ToAsyncEnumerable(), Token).ToListAsync(Token);

        Assert.Equal("20", (await Open().FindAsync(Some.Acme, Token))!.Account.Name);
    }

    [Fact]
    public async Task Apply_KeyThatMovesFromOneAccountToALaterOne_IsTheLaterOnes()
    {
        var store = Open();
        var acme = Some.Account(Some.Acme);
        await store.ChangeAsync(Some.Acme, _ => acme, Token);

        var results = await store.ApplyAsync(
            new[] { acme with { Keys = [] }, new Account { Id = Some.Umbrella, Keys = acme.Keys } }.ToAsyncEnumerable(), Token).ToListAsync(Token);

        Assert.Equal([ApplyOutcome.Replaced, ApplyOutcome.Created], results.Select(result => result.Outcome));
        Assert.Equal(Some.Umbrella, (await Open().FindByKeyAsync(acme.Keys[0].Digest, Token))!.Account.Id);
    }

    [Fact]
    public async Task Replace_AnotherThanWasFound_IsNotDone()
    {
        var store = Open();
        var absent = await store.FindForChangeAsync(Some.Acme, Token);
        await store.ChangeAsync(Some.Acme, _ => Some.Account(Some.Acme), Token);
        var found = await store.FindForChangeAsync(Some.Acme, Token);
        await Open().ChangeAsync(Some.Acme, old => old! with { Disabled = true }, Token);

        Assert.Null(await store.TryReplaceAsync(absent, Some.Account(Some.Acme), Token));
        Assert.Null(await store.TryReplaceAsync(found, found.Account! with { Name = "Acme" }, Token));
        Assert.Null(await store.TryReplaceAsync(found, null, Token));

        var stored = (await Open().FindAsync(Some.Acme, Token))!.Account;
        Assert.Equal((true, ""), (stored.Disabled, stored.Name));
    }
}
