using Eventicat.Accounts.Storage;
using Eventicat.Accounts.Storage.Redis;
using Eventicat.Control.AccountStorage;
using Eventicat.Control.AccountStorage.Redis;
using Eventicat.Redis;
using Eventicat.TestSupport.Redis;
using StackExchange.Redis;

namespace Eventicat.Control.Tests.AccountStorage.Redis;

/// <summary>The command line's user can do all that is to be done with accounts, and a gateway's can read them.</summary>
public sealed class DocumentedUserTests : AccountStoreContract, IAsyncDisposable
{
    private readonly RedisFixture _redis;
    private readonly string _prefix = RedisFixture.UniquePrefix();
    private readonly string _connection;
    private readonly List<RedisConnection> _connections = [];

    public DocumentedUserTests(RedisFixture redis) => (_redis, _connection) = (redis, redis.ConnectionAs("eventicat-cli", _prefix));

    [Fact]
    public async Task Gateway_ReadsAccountsAndCannotChangeThem()
    {
        await Open().ChangeAsync(Some.Acme, _ => Some.Account(Some.Acme), Token);
        var gateway = _redis.ConnectionAs("eventicat-gateway", _prefix);
        var store = Open(gateway);
        Assert.NotNull(await store.FindAsync(Some.Acme, Token));
        Assert.NotNull(await store.GetEpochAsync(Some.Acme, Token));

        await Assert.ThrowsAsync<AccountStoreUnavailableException>(
            () => store.ChangeAsync(Some.Acme, account => account! with { Disabled = true }, Token));

        await using var multiplexer = await ConnectionMultiplexer.ConnectAsync(gateway);
        var (database, record) = (multiplexer.GetDatabase(), new RedisNames(_prefix).Account(Some.Acme));
        Func<Task>[] attempts =
        [
            () => database.HashSetAsync(record, RedisNames.EpochField, 1),
            () => database.KeyDeleteAsync(record),
            () => database.KeyExpireAsync(record, TimeSpan.FromMinutes(1)),
            () => database.ScriptEvaluateAsync("return redis.call('HSET', KEYS[1], 'epoch', '1')", [record]),
            () => database.ScriptEvaluateAsync("return redis.call('DEL', KEYS[1])", [record]),
            () => database.StringSetAsync(new RedisNames(_prefix).Key(Some.Digest()), "umbrella 1"),
            () => database.StringGetAsync("anything else"),
        ];
        foreach (var attempt in attempts)
        {
            Assert.Equal(RedisCause.NotPermitted, RedisFailure.Classify(await Assert.ThrowsAsync<RedisServerException>(attempt), hasPassword: true));
        }
    }

    protected override IAccountStore Open() => Open(_connection);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        foreach (var connection in _connections)
        {
            await connection.DisposeAsync();
        }
    }

    private RedisAccountStore Open(string connection)
    {
        _connections.Add(new RedisConnection(new RedisOptions { Connection = connection, Prefix = _prefix }));
        return new RedisAccountStore(_connections[^1], TestRedis.Deadline);
    }
}
