using Eventicat.Accounts.Storage;
using Eventicat.Control.AccountStorage.Redis;
using Eventicat.Control.Auditing;
using Eventicat.Control.Operations;
using Eventicat.Control.Storage.Redis;
using Eventicat.Control.Tests.AccountStorage;
using Eventicat.Control.Tests.AccountStorage.Redis;
using Eventicat.Redis;
using Eventicat.TestSupport.Redis;

namespace Eventicat.Control.Tests.Operations;

/// <summary>What an operation costs where Redis is far away.</summary>
public sealed class RoundTripTests(RedisFixture redis)
{
    private const int Most = 3;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task KeyRevoke_WaitsForRedisAtMostThreeTimes()
    {
        await using var part = new TestRedis(redis);
        var acme = Some.Account(Some.Acme);
        await part.Open().ChangeAsync(Some.Acme, _ => acme, Token);
        await using var proxy = new CuttingProxy(redis.Connection);
        await using var connection = new RedisConnection(new RedisOptions { Connection = proxy.Connection, Prefix = part.Prefix });
        var store = new RedisAccountStore(connection, TestRedis.Deadline);
        var audit = new RedisAuditLog(
            new ControlNames(part.Prefix),
            new RedisCalls(connection, TestRedis.Deadline, static (fault, exception) => new AccountStoreUnavailableException(fault, exception)));
        var keys = new KeyOperations(store, audit, TimeProvider.System);
        // Connected, as a program is by the time that it does something; no script was sent yet.
        await store.FindAsync(Some.Umbrella, Token);
        proxy.CountRoundTrips();

        var revoked = await keys.RevokeAsync(new OperationContext(Actor.Operator("ada")), Some.Acme, acme.Keys[0].Id, Token);

        Assert.InRange(proxy.RoundTrips, 1, Most);
        Assert.NotNull(Assert.Single(revoked.Value!.Keys).Revoked);
        Assert.NotNull(Assert.Single((await part.Open().FindAsync(Some.Acme, Token))!.Account.Keys).Revoked);
        Assert.Equal(AuditAction.KeyRevoke, Assert.Single((await audit.ReadAsync(new AuditQuery(), Token)).Entries).Action);
    }
}
