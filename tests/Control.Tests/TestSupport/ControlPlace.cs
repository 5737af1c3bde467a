using Eventicat.TestSupport.Redis;
using Microsoft.Extensions.Time.Testing;

namespace Eventicat.Control.Tests.TestSupport;

/// <summary>Where a test's data is, and the stores that it opens over it.</summary>
public sealed class ControlPlace : IAsyncDisposable
{
    private readonly List<ControlStore> _stores = [];
    private readonly IReadOnlyDictionary<string, string?> _settings;
    private readonly DirectoryInfo? _folder;

    private ControlPlace(IReadOnlyDictionary<string, string?> settings, DirectoryInfo? folder) => (_settings, _folder) = (settings, folder);

    /// <value>Of all stores; a Redis keeps expiry by its own clock, which this one starts at.</value>
    public FakeTimeProvider Time { get; } = new(TimeProvider.System.GetUtcNow());

    public string File => _settings["Control:Path"]!;

    public string Prefix => _settings["Redis:Prefix"]!;

    public static ControlPlace OfSqlite()
    {
        var folder = Directory.CreateTempSubdirectory("eventicat-control-");
        return new ControlPlace(
            new Dictionary<string, string?>
            {
                ["Accounts:File"] = Path.Combine(folder.FullName, "accounts.json"),
                ["Control:Path"] = Path.Combine(folder.FullName, "sub", "control.db"),
            },
            folder);
    }

    public static ControlPlace OfRedis(RedisFixture redis)
    {
        ArgumentNullException.ThrowIfNull(redis);
        return new ControlPlace(
            new Dictionary<string, string?> { ["Redis:Connection"] = redis.Connection, ["Redis:Prefix"] = RedisFixture.UniquePrefix() },
            folder: null);
    }

    /// <summary>As the user that the documentation gives the dashboard.</summary>
    public static ControlPlace OfDashboardsUser(RedisFixture redis)
    {
        ArgumentNullException.ThrowIfNull(redis);
        var prefix = RedisFixture.UniquePrefix();
        return new ControlPlace(
            new Dictionary<string, string?> { ["Redis:Connection"] = redis.ConnectionAs("eventicat-dashboard", prefix), ["Redis:Prefix"] = prefix },
            folder: null);
    }

    internal ControlStore Open()
    {
        var store = new ControlStore(_settings, Time);
        _stores.Add(store);
        return store;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var store in _stores)
        {
            await store.DisposeAsync();
        }

        _folder?.Delete(recursive: true);
    }
}
