using Eventicat.Control.AccountStorage;
using Eventicat.Control.AccountStorage.Redis;
using Eventicat.Redis;
using Eventicat.TestSupport.Redis;

namespace Eventicat.EndToEnd.Tests.Crash;

public sealed class RedisImportCrashTests : ImportCrashContract, IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    private readonly RedisConnection _connection;

    public RedisImportCrashTests(RedisFixture redis)
        : this(redis, RedisFixture.UniquePrefix())
    {
    }

    private RedisImportCrashTests(RedisFixture redis, string prefix)
        : base(new Dictionary<string, string> { ["Redis__Connection"] = redis.Connection, ["Redis__Prefix"] = prefix }) =>
        _connection = new RedisConnection(new RedisOptions { Connection = redis.Connection, Prefix = prefix });

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        Dispose();
    }

    protected override IAccountStore Open() => new RedisAccountStore(_connection, Deadline);
}
