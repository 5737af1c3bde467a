using Eventicat.Accounts.Storage.Redis;
using Eventicat.Control.AccountStorage.Redis;
using Eventicat.Redis;
using Eventicat.TestSupport.Redis;
using StackExchange.Redis;

namespace Eventicat.Control.Tests.AccountStorage.Redis;

/// <summary>A part of the shared Redis for one test, and the stores that it opens over it.</summary>
internal sealed class TestRedis(RedisFixture redis) : IAsyncDisposable
{
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    private readonly List<RedisConnection> _connections = [];

    public string Prefix { get; } = RedisFixture.UniquePrefix();

    public RedisNames Names => new(Prefix);

    public IDatabase Database => redis.Database;

    public RedisAccountStore Open()
    {
        var connection = new RedisConnection(new RedisOptions { Connection = redis.Connection, Prefix = Prefix });
        _connections.Add(connection);
        return new RedisAccountStore(connection, Deadline);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var connection in _connections)
        {
            await connection.DisposeAsync();
        }
    }
}
