using Eventicat.TestSupport.Redis;

namespace Eventicat.EndToEnd.Tests.Stores;

public sealed class WrittenFileStoreTests : WrittenStoreContract
{
    private protected override string Mode => "files";

    private protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["Accounts__File"] = Path.Combine(Folder, "accounts.json"),
        ["Control__Path"] = Path.Combine(Folder, "control.db"),
    };
}

public sealed class WrittenRedisStoreTests : WrittenStoreContract
{
    private RedisServer? _redis;

    private protected override string Mode => "redis";

    private protected override IReadOnlyDictionary<string, string> Settings =>
        new Dictionary<string, string> { ["Redis__Connection"] = _redis!.Connection };

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _redis = await RedisServer.StartProcessAsync(Token, "--dir", Folder, "--dbfilename", "dump.rdb");
    }

    public override async ValueTask DisposeAsync()
    {
        if (_redis is not null)
        {
            await _redis.DisposeAsync();
        }

        await base.DisposeAsync();
    }
}
