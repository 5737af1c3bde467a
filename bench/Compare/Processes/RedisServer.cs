using System.Globalization;
using StackExchange.Redis;

namespace Eventicat.Bench.Compare.Processes;

/// <summary>A Redis of our own, without persistence, and what it says about itself.</summary>
internal sealed class RedisServer(ChildProcess process, ConnectionMultiplexer connection, string address) : IAsyncDisposable
{
    public ChildProcess Process => process;

    public string Address => address;

    public Version Version => connection.GetServer(address).Version;

    /// <returns><c>null</c>: there is no <c>redis-server</c> on the PATH.</returns>
    public static async Task<RedisServer?> TryStartAsync(Programs programs, CancellationToken cancellationToken)
    {
        var program = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, "redis-server"))
            .FirstOrDefault(File.Exists);
        if (program is null)
        {
            return null;
        }

        var port = Ports.Find().ToString(CultureInfo.InvariantCulture);
        var process = programs.StartOther("redis-server", program, "--port", port, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no");
        try
        {
            var address = $"127.0.0.1:{port}";
            var connection = await ConnectionMultiplexer.ConnectAsync($"{address},abortConnect=false,allowAdmin=true");
            await process.WaitUntilAsync(() => Task.FromResult(connection.IsConnected), cancellationToken);
            return new RedisServer(process, connection, address);
        }
        catch
        {
            process.Dispose();
            throw;
        }
    }

    /// <returns>Calls so far by command, those made by scripts included.</returns>
    public async Task<IReadOnlyDictionary<string, long>> CountCommandsAsync()
    {
        var sections = await connection.GetServer(address).InfoAsync("commandstats");
        return sections.SelectMany(section => section).ToDictionary(
            line => line.Key["cmdstat_".Length..],
            line => long.Parse(line.Value.Split(',')[0]["calls=".Length..], CultureInfo.InvariantCulture),
            StringComparer.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        await connection.DisposeAsync();
        process.Dispose();
    }
}
