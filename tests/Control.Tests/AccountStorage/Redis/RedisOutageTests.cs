using Eventicat.Accounts;
using Eventicat.Accounts.Storage;
using Eventicat.Control.AccountStorage.Redis;
using Eventicat.Redis;
using Eventicat.TestSupport;
using Eventicat.TestSupport.Redis;

namespace Eventicat.Control.Tests.AccountStorage.Redis;

public sealed class RedisOutageTests
{
    private const string Password = "s3cret-of-redis";
    private static readonly TimeSpan Deadline = TimeSpan.FromMilliseconds(500);

    /// <summary>For what is not about the outage, such as connecting on a busy machine.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EveryCall_NobodyListens_ThrowsUnavailableWithoutTheConnectionsText()
    {
        await using var connection = new RedisConnection(
            new RedisOptions { Connection = $"127.0.0.1:1,password={Password},connectTimeout=200" });
        var store = new RedisAccountStore(connection, TimeSpan.FromSeconds(10));
        Func<Task>[] calls =
        [
            async () => await store.FindAsync(Some.Acme, Token),
            async () => await store.FindByKeyAsync(Some.Digest(), Token),
            async () => await store.GetEpochAsync(Some.Acme, Token),
            async () => await store.ListAsync(Token).ToListAsync(Token),
            async () => await store.ChangeAsync(Some.Acme, _ => Some.Account(Some.Acme), Token),
            async () => await store.ApplyAsync(new[] { Some.Account(Some.Acme) }.ToAsyncEnumerable(), Token).ToListAsync(Token),
        ];

        foreach (var call in calls)
        {
            var exception = await Assert.ThrowsAsync<AccountStoreUnavailableException>(call);
            Assert.DoesNotContain(Password, exception.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain("127.0.0.1", exception.Message, StringComparison.Ordinal);
        }

        Assert.Equal(StoreState.Unreached, store.Health.State);
    }

    [Fact]
    public async Task Find_ServerHangsAndComesBack_EndsByTheDeadlineAndRecovers()
    {
        await using var server = await RedisServer.StartAsync(Token);
        await using var connection = new RedisConnection(new RedisOptions { Connection = server.Connection });
        await new RedisAccountStore(connection, Patience).ChangeAsync(Some.Acme, _ => Some.Account(Some.Acme), Token);
        var store = new RedisAccountStore(connection, Deadline);
        await Eventually.TrueAsync(async () => await FindOrNullAsync(store) is not null);
        Assert.Equal(StoreState.Healthy, store.Health.State);

        await server.PauseAsync();
        var exception = await Assert.ThrowsAsync<AccountStoreUnavailableException>(async () => await store.FindAsync(Some.Acme, Token));

        // By its own deadline: the client's would be another exception, seconds later.
        Assert.IsAssignableFrom<OperationCanceledException>(exception.InnerException);
        Assert.Equal(StoreState.Degraded, store.Health.State);

        await server.ResumeAsync();
        await Eventually.TrueAsync(async () => await FindOrNullAsync(store) is not null);
        Assert.Equal(StoreState.Healthy, store.Health.State);
    }

    [Fact]
    public async Task Find_ServerDiesAndComesBackEmpty_FindsNothingInsteadOfFailing()
    {
        await using var server = await RedisServer.StartAsync(Token);
        await using var connection = new RedisConnection(new RedisOptions { Connection = server.Connection });
        var store = new RedisAccountStore(connection, Patience);
        await store.ChangeAsync(Some.Acme, _ => Some.Account(Some.Acme), Token);

        await server.StopAsync();
        await Assert.ThrowsAsync<AccountStoreUnavailableException>(async () => await store.GetEpochAsync(Some.Acme, Token));
        await server.StartAgainAsync();

        await Eventually.TrueAsync(async () =>
        {
            await FindOrNullAsync(store);
            return store.Health.State == StoreState.Healthy;
        });
        Assert.Null(await store.FindAsync(Some.Acme, Token));
    }

    private static async Task<AccountSnapshot?> FindOrNullAsync(RedisAccountStore store)
    {
        try
        {
            return await store.FindAsync(Some.Acme, Token);
        }
        catch (AccountStoreUnavailableException)
        {
            return null;
        }
    }
}
