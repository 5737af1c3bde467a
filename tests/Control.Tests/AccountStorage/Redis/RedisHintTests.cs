using System.Globalization;
using Eventicat.Accounts;
using Eventicat.Accounts.Storage.Documents;
using Eventicat.Accounts.Storage.Redis;
using Eventicat.Control.AccountStorage;
using Eventicat.Control.AccountStorage.Redis;
using Eventicat.TestSupport.Redis;
using StackExchange.Redis;

namespace Eventicat.Control.Tests.AccountStorage.Redis;

/// <summary>What a crash between two slots leaves behind, and how it heals. Each test stops a change after one of its steps.</summary>
public sealed class RedisHintTests : IAsyncDisposable
{
    private readonly TestRedis _redis;
    private readonly RedisAccountRecords _records;
    private readonly RedisHints _hints;
    private readonly Account _acme = Some.Account(Some.Acme);

    public RedisHintTests(RedisFixture redis)
    {
        _redis = new TestRedis(redis);
        _records = new RedisAccountRecords(_redis.Names, new RedisRecordReader(_redis.Names));
        _hints = new RedisHints(_redis.Names, _records);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Create_CrashedAfterSomeClaims_IsNotThereAndCanBeRepeated(int claims)
    {
        await ClaimAsync(Some.Acme, claims);
        var store = _redis.Open();
        Assert.Null(await store.FindByKeyAsync(_acme.Keys[0].Digest, Token));
        Assert.Null(await store.FindAsync(Some.Acme, Token));

        var repeated = await store.ChangeAsync(Some.Acme, _ => _acme, Token);

        Assert.Null(repeated.Conflict);
        Assert.NotNull(await store.FindByKeyAsync(_acme.Keys[0].Digest, Token));
    }

    [Fact]
    public async Task Delete_CrashedBeforeDropping_IsDoneAndTheKeyIsUnknown()
    {
        var store = _redis.Open();
        await store.ChangeAsync(Some.Acme, _ => _acme, Token);
        var record = await _records.ReadForChangeAsync(_redis.Database, Some.Acme);

        await _records.ReplaceAsync(_redis.Database, Some.Acme, record.Version, null, null);

        Assert.True(await _redis.Database.KeyExistsAsync(_redis.Names.Key(_acme.Keys[0].Digest)));
        Assert.Null(await store.FindByKeyAsync(_acme.Keys[0].Digest, Token));
        Assert.Equal(new ChangeResult(null), await store.ChangeAsync(Some.Acme, _ => null, Token));
        Assert.Null((await store.ChangeAsync(Some.Acme, _ => _acme, Token)).Conflict);
    }

    [Fact]
    public async Task Delete_Completed_LeavesNothingInRedisButATraceThatEnds()
    {
        var store = _redis.Open();
        await store.ChangeAsync(Some.Acme, _ => _acme, Token);

        await store.ChangeAsync(Some.Acme, _ => null, Token);

        RedisKey[] keys =
        [
            _redis.Names.Key(_acme.Keys[0].Digest),
            _redis.Names.Aggregator(_acme.Aggregators[0].Id),
            _redis.Names.Accounts,
            _redis.Names.Leaving,
        ];
        Assert.Equal(0, await _redis.Database.KeyExistsAsync(keys));
        Assert.Equal([RedisNames.TraceField], await _redis.Database.HashKeysAsync(_redis.Names.Account(Some.Acme)));
        var rest = await _redis.Database.KeyTimeToLiveAsync(_redis.Names.Account(Some.Acme));
        Assert.InRange(rest!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Create_AfterADeletion_StaysForGood()
    {
        var store = _redis.Open();
        await store.ChangeAsync(Some.Acme, _ => _acme, Token);
        await store.ChangeAsync(Some.Acme, _ => null, Token);

        await store.ChangeAsync(Some.Acme, _ => _acme, Token);

        Assert.Null(await _redis.Database.KeyTimeToLiveAsync(_redis.Names.Account(Some.Acme)));
    }

    [Fact]
    public async Task Claim_YoungDanglingClaimOfAnotherAccount_IsAConflict()
    {
        await ClaimAsync(Some.Acme, 2);

        var result = await _redis.Open().ChangeAsync(Some.Umbrella, _ => _acme with { Id = Some.Umbrella }, Token);

        Assert.Equal(_acme.Keys[0].Digest.ToString(), result.Conflict);
    }

    [Fact]
    public async Task Claim_OldDanglingClaimOfAnotherAccount_IsTakenOver()
    {
        await AgeAsync(_redis.Names.Key(_acme.Keys[0].Digest), Some.Acme, TimeSpan.FromSeconds(61));
        var store = _redis.Open();

        var result = await store.ChangeAsync(Some.Umbrella, _ => _acme with { Id = Some.Umbrella }, Token);

        Assert.Null(result.Conflict);
        Assert.Equal(Some.Umbrella, (await store.FindByKeyAsync(_acme.Keys[0].Digest, Token))!.Account.Id);
    }

    [Fact]
    public async Task Claim_OldClaimThatTheRecordBearsOut_IsAConflict()
    {
        var store = _redis.Open();
        await store.ChangeAsync(Some.Acme, _ => _acme, Token);
        await AgeAsync(_redis.Names.Key(_acme.Keys[0].Digest), Some.Acme, TimeSpan.FromDays(1));

        var result = await store.ChangeAsync(Some.Umbrella, _ => _acme with { Id = Some.Umbrella }, Token);

        Assert.Equal(_acme.Keys[0].Digest.ToString(), result.Conflict);
    }

    [Fact]
    public async Task Replace_ClaimsNoLongerSafe_ChangesNothing()
    {
        var epoch = await _records.ReplaceAsync(
            _redis.Database, Some.Acme, RedisRecord.NeverThere, AccountDocument.WriteOne(_acme), notAfter: 1);

        Assert.Null(epoch);
        Assert.Null(await _redis.Open().FindAsync(Some.Acme, Token));
    }

    [Fact]
    public async Task Drop_HintClaimedAgainMeanwhile_Stays()
    {
        await ClaimAsync(Some.Acme, 1);
        RedisHint[] hints = [.. RedisHint.Of(_acme, _redis.Names).Take(1)];
        var before = await RedisHints.ReadAsync(_redis.Database, hints);
        await ClaimAsync(Some.Acme, 1);

        await RedisHints.DropAsync(_redis.Database, hints, before);

        Assert.True(await _redis.Database.KeyExistsAsync(hints[0].Key));
    }

    public ValueTask DisposeAsync() => _redis.DisposeAsync();

    private async Task ClaimAsync(AccountId account, int count) => await _hints.ClaimAsync(
        _redis.Database, account, [.. RedisHint.Of(_acme, _redis.Names).Take(count)], await ClaimTime.ReadAsync(_redis.Database));

    private async Task AgeAsync(RedisKey hint, AccountId holder, TimeSpan age)
    {
        var then = (TimeProvider.System.GetUtcNow() - age - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        await _redis.Database.StringSetAsync(hint, string.Create(CultureInfo.InvariantCulture, $"{holder} {then}"));
    }
}
