using Eventicat.Accounts;
using Eventicat.Accounts.Storage;
using Eventicat.Accounts.Storage.Documents;
using Eventicat.Accounts.Storage.Redis;
using Eventicat.Control.AccountStorage;
using Eventicat.Control.AccountStorage.Redis;
using Eventicat.Redis;
using Eventicat.TestSupport.Redis;

namespace Eventicat.Control.Tests.AccountStorage.Redis;

/// <summary>
/// Ends a writer before its first, second, third … command, until it comes to its end. Whenever it ended, each account
/// is the old or the new one, what leads to it agrees with it, and another writer can do the same again.
/// </summary>
public sealed class RedisCrashTests(RedisFixture redis, ITestOutputHelper output)
{
    private static readonly Account Acme = Some.Account(Some.Acme) with { Limit = new AccountLimit(5, TimeSpan.FromMinutes(1)) };
    private static readonly AccountKey Key = Some.Key();
    private static readonly Aggregator Aggregator = Some.Aggregator();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Changes => new(States.Keys);

    private static Dictionary<string, (Account? Before, Account? After)> States => new(StringComparer.Ordinal)
    {
        ["create"] = (null, Acme),
        ["limit"] = (Acme, Acme with { Limit = new AccountLimit(6, TimeSpan.FromMinutes(1)) }),
        ["key create"] = (Acme, Acme with { Keys = [.. Acme.Keys, Key] }),
        ["key regenerate"] = (Acme, Acme with { Keys = [Acme.Keys[0] with { Revoked = DateTimeOffset.UnixEpoch }, Key] }),
        ["aggregator create"] = (Acme, Acme with { Aggregators = [.. Acme.Aggregators, Aggregator] }),
        ["aggregator delete"] = (Acme, Acme with { Aggregators = [] }),
        ["delete"] = (Acme, null),
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task Change_EndedAtAnyCommand_IsTheOldOrTheNewState(string change)
    {
        var (before, after) = States[change];
        var seen = await CutEverywhereAsync(
            [before],
            [after],
            store => store.ChangeAsync(Some.Acme, _ => after, Token));

        Assert.Contains(false, seen);
        Assert.Contains(true, seen);
    }

    [Fact]
    public async Task Delete_ThenCreate_EndedAtAnyCommand_KeepsTheIndexComplete() =>
        await CutEverywhereAsync(
            [Acme],
            [Acme with { Keys = [Key] }],
            async store =>
            {
                await store.ChangeAsync(Some.Acme, _ => null, Token);
                await store.ChangeAsync(Some.Acme, _ => Acme with { Keys = [Key] }, Token);
            },
            mayBeGone: true);

    [Fact]
    public async Task Import_EndedAtAnyCommand_LeavesEachAccountOldOrNew()
    {
        var replaced = Some.Account(Some.Id());
        var unchanged = Some.Account(Some.Id());
        var created = Enumerable.Range(0, 3).Select(_ => Some.Account(Some.Id())).ToArray();
        Account[] after = [created[0], replaced with { Keys = [Some.Key()] }, unchanged, created[1], created[2]];

        await CutEverywhereAsync(
            [null, replaced, unchanged, null, null],
            after,
            async store => Assert.DoesNotContain(
                await store.ApplyAsync(after.ToAsyncEnumerable(), Token).ToListAsync(Token),
                result => result.Outcome == ApplyOutcome.Conflict));
    }

    /// <returns>For each cut, whether all accounts were the new ones.</returns>
    private async Task<List<bool>> CutEverywhereAsync(
        Account?[] before, Account?[] after, Func<IAccountStore, Task> run, bool mayBeGone = false)
    {
        var seen = new List<bool>();
        for (var commands = 0; ; commands++)
        {
            await using var part = new TestRedis(redis);
            var direct = part.Open();
            await direct.ApplyAsync(before.OfType<Account>().ToAsyncEnumerable(), Token).ToListAsync(Token);
            // So that no list builds the index, which would hide what is missing there.
            await new RedisAccountIndex(part.Names).CompleteAsync(part.Database);

            var ended = await RunCutAsync(part, commands, run);
            seen.Add(await AssertOldOrNewAsync(part, before, after, mayBeGone) == after.Length);
            await run(part.Open());
            Assert.Equal(after.Length, await AssertOldOrNewAsync(part, before, after, mayBeGone: false));
            if (ended)
            {
                output.WriteLine($"{commands} commands");
                return seen;
            }
        }
    }

    /// <returns>Whether it came to its end.</returns>
    private async Task<bool> RunCutAsync(TestRedis part, int commands, Func<IAccountStore, Task> run)
    {
        await using var proxy = new CuttingProxy(redis.Connection);
        await using var connection = new RedisConnection(new RedisOptions { Connection = proxy.Connection, Prefix = part.Prefix });
        var store = new RedisAccountStore(connection, TestRedis.Deadline);
        await store.FindAsync(Some.Umbrella, Token);
        proxy.CutAfter(commands);
        try
        {
            await run(store);
            // What comes after the change may fail without being missed.
            return !proxy.IsCut;
        }
        catch (AccountStoreUnavailableException)
        {
            Assert.True(proxy.IsCut);
            return false;
        }
    }

    /// <returns>How many are the new ones.</returns>
    private static async Task<int> AssertOldOrNewAsync(TestRedis part, Account?[] before, Account?[] after, bool mayBeGone)
    {
        var store = part.Open();
        var listed = (await store.ListPageAsync(new AccountPageRequest(), Token)).Accounts.ToDictionary(one => one.Account.Id, one => one.Account);
        var (stored, changed) = (0, 0);
        for (var i = 0; i < before.Length; i++)
        {
            var id = (before[i] ?? after[i])!.Id;
            var found = (await store.FindAsync(id, Token))?.Account;
            Assert.True(AreSame(found, before[i]) || AreSame(found, after[i]) || (mayBeGone && found is null), $"{id} is neither old nor new");
            Assert.True(AreSame(found, listed.GetValueOrDefault(id)), $"The index does not agree about {id}");
            Assert.Equal(found is null, await store.GetEpochAsync(id, Token) is null);
            await AssertHintsAsync(part, store, found, (before[i]?.Keys ?? []).Concat(after[i]?.Keys ?? []));
            stored += found is null ? 0 : 1;
            changed += AreSame(found, after[i]) ? 1 : 0;
        }

        Assert.Equal(stored, listed.Count);
        return changed;
    }

    private static async Task AssertHintsAsync(TestRedis part, RedisAccountStore store, Account? found, IEnumerable<AccountKey> keys)
    {
        foreach (var key in keys)
        {
            var has = found?.Keys.Any(own => own.Digest == key.Digest) == true;
            Assert.True(AreSame(has ? found : null, (await store.FindByKeyAsync(key.Digest, Token))?.Account), "A key's hint does not agree");
        }

        foreach (var aggregator in found?.Aggregators ?? [])
        {
            var hint = await part.Database.StringGetAsync(part.Names.Aggregator(aggregator.Id));
            Assert.True(RedisHint.TryParseHolder(hint, out var holder) && holder == found!.Id, "An aggregator's hint does not agree");
        }
    }

    private static bool AreSame(Account? a, Account? b) =>
        a is null || b is null ? a is null && b is null : AccountDocument.AreSame(a, b);
}
