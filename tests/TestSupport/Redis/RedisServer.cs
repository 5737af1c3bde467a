namespace Eventicat.TestSupport.Redis;

/// <summary>A Redis of the test's own, which it may kill, freeze and start again on the same port.</summary>
public sealed class RedisServer : IAsyncDisposable
{
    private readonly IRedisHost _host;

    private RedisServer(IRedisHost host) => _host = host;

    /// <value>StackExchange.Redis configuration, e.g. <c>127.0.0.1:41234</c>.</value>
    public string Connection => _host.Connection;

    /// <summary>Skips the test where no server can be had, unless <c>REQUIRE_REAL_REDIS=1</c>: then it fails.</summary>
    public static async Task<RedisServer> StartAsync(CancellationToken cancellationToken) =>
        await TryStartAsync(cancellationToken) ?? throw RedisChoice.Absent();

    internal static async Task<RedisServer?> TryStartAsync(CancellationToken cancellationToken) =>
        await RedisChoice.TryStartHostAsync(cancellationToken) is { } host ? new RedisServer(host) : null;

    /// <summary>Kills the server; what it held is gone.</summary>
    public Task StopAsync() => _host.StopAsync();

    public Task StartAgainAsync() => _host.StartAsync(CancellationToken.None);

    /// <summary>Freezes the server: connections stay open, nothing answers.</summary>
    public Task PauseAsync() => _host.PauseAsync();

    public Task ResumeAsync() => _host.ResumeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();
}
