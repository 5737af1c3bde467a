using System.Globalization;
using StackExchange.Redis;

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

    /// <summary>Redis itself as a process of this machine, for what other servers that speak its language do not have.</summary>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <param name="settings">More for its command line.</param>
    public static async Task<RedisServer> StartProcessAsync(CancellationToken cancellationToken, params string[] settings) =>
        await ProcessRedisHost.TryStartRedisAsync(cancellationToken, settings) is { } host ? new RedisServer(host) : throw RedisChoice.Absent();

    public int Port => int.Parse(Connection[(Connection.LastIndexOf(':') + 1)..], CultureInfo.InvariantCulture);

    /// <summary>Runs one command as an administrator would.</summary>
    /// <param name="command">Its words, separated by spaces.</param>
    /// <param name="password">Where the server asks for one by now.</param>
    public async Task<RedisResult> ExecuteAsync(string command, string? password = null)
    {
        ArgumentNullException.ThrowIfNull(command);
        await using var multiplexer = await ConnectionMultiplexer.ConnectAsync($"{Connection},allowAdmin=true,password={password}");
        var words = command.Split(' ');
        return await multiplexer.GetServers()[0].ExecuteAsync(words[0], [.. words[1..]]);
    }

    /// <summary>Kills the server; what it held is gone.</summary>
    public Task StopAsync() => _host.StopAsync();

    public Task StartAgainAsync() => _host.StartAsync(CancellationToken.None);

    /// <summary>Freezes the server: connections stay open, nothing answers.</summary>
    public Task PauseAsync() => _host.PauseAsync();

    public Task ResumeAsync() => _host.ResumeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();
}
