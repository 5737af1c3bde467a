using Eventicat.Accounts.Storage;
using Eventicat.Control.AccountStorage;
using Eventicat.Control.AccountStorage.File;
using Eventicat.Control.AccountStorage.Redis;
using Eventicat.Redis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Eventicat.Control.Tests;

public sealed class ControlExtensionsTests
{
    private const string File = "Accounts:File";
    private const string Redis = "Redis:Connection";

    [Fact]
    public async Task Store_NothingConfigured_IsTheDefaultFile() => await AssertStoreAsync<FileAccountStore>([], hasRedis: false);

    [Fact]
    public async Task Store_RedisConfigured_IsRedis() =>
        await AssertStoreAsync<RedisAccountStore>(new() { [Redis] = "127.0.0.1:1" }, hasRedis: true);

    [Fact]
    public async Task Store_BothConfigured_IsTheFileAndRedisStaysForTheLimits() =>
        await AssertStoreAsync<FileAccountStore>(new() { [File] = "some.json", [Redis] = "127.0.0.1:1" }, hasRedis: true);

    [Fact]
    public void Options_SeveralErrors_AreAllNamedWithoutTheConnection()
    {
        var services = Services(new() { [Redis] = "host,password=hush,nonsense=1", ["Redis:Prefix"] = "a{b}", ["Accounts:MaxStaleness"] = "-00:00:01" });

        var exception = Assert.Throws<AggregateException>(() => services.GetRequiredService<IStartupValidator>().Validate());

        Assert.Contains("Redis:Connection", exception.ToString(), StringComparison.Ordinal);
        Assert.Contains("Redis:Prefix", exception.ToString(), StringComparison.Ordinal);
        Assert.Contains("Accounts:MaxStaleness", exception.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("hush", exception.ToString(), StringComparison.Ordinal);
    }

    private static async Task AssertStoreAsync<TStore>(Dictionary<string, string?> settings, bool hasRedis)
    {
        await using var services = Services(settings);

        Assert.IsType<TStore>(services.GetRequiredService<IAccountStore>());
        Assert.Same(services.GetRequiredService<IAccountStore>(), services.GetRequiredService<IAccountReader>());
        Assert.Same(services.GetRequiredService<IAccountStore>(), services.GetRequiredService<IStoreHealth>());
        Assert.Equal(hasRedis, services.GetService<RedisConnection>() is not null);
    }

    private static ServiceProvider Services(Dictionary<string, string?> settings) =>
        new ServiceCollection().AddLogging()
            .AddControl(new ConfigurationBuilder().AddInMemoryCollection(settings).Build(), TimeSpan.FromSeconds(10))
            .BuildServiceProvider();
}
