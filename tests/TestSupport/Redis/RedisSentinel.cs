using System.Globalization;
using StackExchange.Redis;

namespace Eventicat.TestSupport.Redis;

/// <summary>One Sentinel, which alone decides who is the primary of a service.</summary>
public sealed class RedisSentinel : IAsyncDisposable
{
    private const string Service = "events";

    private readonly IRedisHost _host;
    private readonly DirectoryInfo _folder;

    private RedisSentinel(IRedisHost host, DirectoryInfo folder) => (_host, _folder) = (host, folder);

    /// <value>StackExchange.Redis configuration that asks it for the primary.</value>
    public string Connection => $"{_host.Connection},serviceName={Service}";

    /// <summary>Watches a primary with its replicas; one that is silent for a second is replaced.</summary>
    public static async Task<RedisSentinel> StartAsync(RedisServer primary, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(primary);
        var program = ProcessRedisHost.FindRedis() ?? throw RedisChoice.Absent();
        var folder = Directory.CreateTempSubdirectory("eventicat-sentinel-");
        var file = Path.Combine(folder.FullName, "sentinel.conf");
        await File.WriteAllTextAsync(
            file,
            string.Create(
                CultureInfo.InvariantCulture,
                $"""
                sentinel monitor {Service} 127.0.0.1 {primary.Port} 1
                sentinel down-after-milliseconds {Service} 1000
                sentinel failover-timeout {Service} 5000

                """),
            cancellationToken);
        var host = await ProcessRedisHost.StartAsync(
            program,
            port => [file, "--sentinel", "--port", port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1"],
            cancellationToken);
        return new RedisSentinel(host, folder);
    }

    /// <summary>Names another server the primary, and leaves the former one alone.</summary>
    public async Task MonitorAsync(RedisServer primary)
    {
        ArgumentNullException.ThrowIfNull(primary);
        await using var sentinel = await ConnectionMultiplexer.SentinelConnectAsync(_host.Connection);
        var server = sentinel.GetServers()[0];
        await server.ExecuteAsync("SENTINEL", "REMOVE", Service);
        await server.ExecuteAsync("SENTINEL", "MONITOR", Service, "127.0.0.1", primary.Port, 1);
    }

    public Task PauseAsync() => _host.PauseAsync();

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
