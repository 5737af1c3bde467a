using System.Globalization;
using StackExchange.Redis;
using Xunit;

namespace Eventicat.TestSupport.Redis;

/// <summary>
/// One server for all tests of an assembly that leave it running:
/// <c>[assembly: AssemblyFixture(typeof(RedisFixture))]</c>. <c>EVENTICAT_TEST_REDIS</c> names a server to use;
/// otherwise one is started. Where there is none, asking for it skips the test.
/// </summary>
public sealed class RedisFixture : IAsyncLifetime
{
    private static int _prefixes;

    private RedisServer? _server;
    private string? _connection;
    private ConnectionMultiplexer? _multiplexer;

    /// <value>StackExchange.Redis configuration of the server.</value>
    public string Connection => _connection ?? throw RedisChoice.Absent();

    public IDatabase Database => (_multiplexer ?? throw RedisChoice.Absent()).GetDatabase();

    /// <summary>A start for the names of keys that no other test, process or earlier run uses.</summary>
    public static string UniquePrefix() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"t{Environment.ProcessId}-{TimeProvider.System.GetUtcNow().Ticks:x}-{Interlocked.Increment(ref _prefixes)}");

    /// <summary>The same server as one of the users in docs/operations.md, for the names of one prefix.</summary>
    public string ConnectionAs(string user, string prefix)
    {
        ArgumentNullException.ThrowIfNull(user);
        var line = File.ReadLines(Path.Combine(Repository.Root, "docs", "operations.md"))
            .Single(line => line.StartsWith($"ACL SETUSER {user} ", StringComparison.Ordinal))
            .Replace($"SETUSER {user} ", $"SETUSER {user}-{prefix} ", StringComparison.Ordinal)
            .Replace("~eventicat:", $"~{prefix}:", StringComparison.Ordinal);
        try
        {
            Database.Execute("ACL", [.. line.Split(' ').Skip(1)]);
        }
        catch (RedisServerException)
        {
            throw RedisChoice.Absent();
        }

        return $"{Connection},user={user}-{prefix},password=PASSWORD";
    }

    public async ValueTask InitializeAsync()
    {
        _connection = Environment.GetEnvironmentVariable("EVENTICAT_TEST_REDIS");
        if (string.IsNullOrEmpty(_connection))
        {
            _server = await RedisServer.TryStartAsync(CancellationToken.None);
            _connection = _server?.Connection;
        }

        if (_connection is not null)
        {
            _multiplexer = await ConnectionMultiplexer.ConnectAsync(_connection);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_multiplexer is not null)
        {
            await _multiplexer.DisposeAsync();
        }

        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }
}
