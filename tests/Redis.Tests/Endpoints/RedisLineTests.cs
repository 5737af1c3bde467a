using Eventicat.Redis.Endpoints;
using Eventicat.TestSupport.Redis;
using StackExchange.Redis;

namespace Eventicat.Redis.Tests.Endpoints;

/// <summary>That nothing comes on the connection that a call went over is noticed, whatever becomes of other connections to the server.</summary>
public sealed class RedisLineTests : IAsyncLifetime
{
    /// <summary>The client itself gives up after ten seconds.</summary>
    private static readonly TimeSpan WellBeforeTheClient = TimeSpan.FromSeconds(6);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("redis-line-");
    private RedisServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await RedisServer.StartProcessAsync(Token);

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Call_ServerHangsAfterAnotherConnectionCameAndWent_IsGivenUp(bool isTls)
    {
        await using var connection = Connect(isTls ? OverTls(await OpenTlsAsync()) : _server.Connection);
        await PingAsync(connection);

        await using (await connection.DialAsync())
        {
        }

        await _server.PauseAsync();
        await GivesUpAsync(connection);
    }

    [Fact]
    public async Task Call_ServerHangsAfterAnotherConnectionRefusedItsCertificate_IsGivenUp()
    {
        var port = await OpenTlsAsync();
        await using var connection = Connect(OverTls(port));
        await PingAsync(connection);

        await _server.OpenTlsPortAsync(_folder.CreateSubdirectory("another").FullName, port);
        await using (var refusing = await connection.DialAsync())
        {
            Assert.False(refusing.IsConnected);
        }

        await _server.PauseAsync();
        await GivesUpAsync(connection);
    }

    [Fact]
    public async Task Call_ItsConnectionIsABlackHoleWhileAnotherIsInUse_IsGivenUp()
    {
        await using var address = new MovingAddress(_server);
        await using var connection = Connect(address.Connection);
        await PingAsync(connection);

        address.ForgetConnections();
        await using var other = await connection.DialAsync();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var busy = Task.Run(async () =>
        {
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
            while (!stop.IsCancellationRequested && await timer.WaitForNextTickAsync(Token))
            {
                await other.GetDatabase().PingAsync();
            }
        }, Token);

        await GivesUpAsync(connection);
        await stop.CancelAsync();
        await busy;
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static RedisConnection Connect(string connection) => new(new RedisOptions { Connection = connection });

    private static Task<TimeSpan> PingAsync(RedisConnection connection) => connection.Endpoints.CallAsync(new Ping(), Token);

    private static async Task GivesUpAsync(RedisConnection connection)
    {
        var startedAt = TimeProvider.System.GetTimestamp();
        var exception = await Assert.ThrowsAsync<RedisAwayException>(() => PingAsync(connection));

        Assert.Equal(RedisAbsence.Silent, exception.State.Absence);
        Assert.InRange(TimeProvider.System.GetElapsedTime(startedAt), TimeSpan.Zero, WellBeforeTheClient);
    }

    private static string OverTls(int port) => $"127.0.0.1:{port},ssl=true,sslHost=localhost";

    private async Task<int> OpenTlsAsync()
    {
        var port = await _server.OpenTlsPortAsync(_folder.FullName);
        // The client's own setting for one more authority that is trusted. No other test's certificate is from this one.
        Environment.SetEnvironmentVariable("SERedis_IssuerCertPath", Path.Combine(_folder.FullName, "redis.crt"));
        return port;
    }

    private sealed class Ping() : RedisCall<TimeSpan>("any")
    {
        protected override Task<TimeSpan> SendAsync(IDatabase database) => database.PingAsync();
    }
}
