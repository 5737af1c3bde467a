using System.Net;
using System.Net.Sockets;
using Eventicat.TestSupport;
using Eventicat.TestSupport.Redis;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Eventicat.Redis.Tests;

/// <summary>Whoever has set up Redis wrongly is told what is wrong: once in the log, without a secret in it.</summary>
public sealed class RedisCauseTests : IAsyncLifetime
{
    private const string Password = "s3cret-of-redis";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("redis-cause-");
    private RedisServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await RedisServer.StartProcessAsync(Token);

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("password=wrong", RedisCause.PasswordRefused)]
    [InlineData("user=nobody,password=wrong", RedisCause.PasswordRefused)]
    [InlineData("", RedisCause.PasswordMissing)]
    public async Task Watch_ServerWantsAPassword_SaysWhetherItIsMissingOrWrong(string options, RedisCause cause)
    {
        await _server.ExecuteAsync($"CONFIG SET requirepass {Password}");

        await SaysOnceAsync($"{_server.Connection},{options}", cause);
    }

    [Fact]
    public async Task Watch_PasswordThatBecomesRight_SaysThatItIsOver()
    {
        await _server.ExecuteAsync($"CONFIG SET requirepass {Password}");

        await SaysOnceAsync(
            $"{_server.Connection},password=new-{Password}", RedisCause.PasswordRefused,
            () => _server.ExecuteAsync($"CONFIG SET requirepass new-{Password}", Password));
    }

    [Fact]
    public Task Watch_TlsToAPlainPort_SaysSo() =>
        SaysOnceAsync($"{_server.Connection},ssl=true,password={Password}", RedisCause.PlainExpected);

    [Fact]
    public async Task Watch_PlainToATlsPort_SaysSo() =>
        await SaysOnceAsync($"127.0.0.1:{await _server.OpenTlsPortAsync(_folder.FullName)},password={Password}", RedisCause.TlsExpected);

    [Fact]
    public async Task Watch_CertificateThatNobodyTrusts_SaysSo() =>
        await SaysOnceAsync($"127.0.0.1:{await _server.OpenTlsPortAsync(_folder.FullName)},ssl=true", RedisCause.CertificateRefused);

    [Fact]
    public Task Watch_UnknownHost_SaysSo() => SaysOnceAsync($"no-such-host.invalid:6379,password={Password}", RedisCause.UnknownHost);

    [Fact]
    public async Task Watch_NobodyListens_SaysSoAndThatItIsOver()
    {
        await _server.StopAsync();

        await SaysOnceAsync(_server.Connection, RedisCause.NobodyListens, _server.StartAgainAsync);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Watch_NobodyListensAtAUnixSocket_SaysSoAndThatItIsOver(bool isSocketRemoved)
    {
        var socket = Path.Combine(_folder.FullName, "redis.sock");
        await using var server = await RedisServer.StartProcessAsync(Token, "--unixsocket", socket);
        await server.StopAsync();
        if (isSocketRemoved)
        {
            System.IO.File.Delete(socket);
        }

        await SaysOnceAsync($"!{socket}", RedisCause.NobodyListens, server.StartAgainAsync);
    }

    [Fact]
    public async Task Watch_SomethingThrowsThatNobodyThoughtOf_GoesOn()
    {
        var time = new BrokenTime();
        await using var watched = new Watched(_server.Connection, time);
        await watched.Watch.StartAsync(Token);

        time.IsBroken = true;
        await Eventually.TrueAsync(() => time.Thrown > 2);
        time.IsBroken = false;
        await _server.ExecuteAsync("CONFIG SET maxmemory 1");
        await Eventually.TrueAsync(() => watched.Watch.Cause == RedisCause.OutOfMemory);

        Assert.Single(watched.Lines, line => line.Text.Contains("watch over Redis", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Watch_AnotherProtocol_SaysSo()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = AnswerInHttpAsync(listener);

        await SaysOnceAsync($"127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}", RedisCause.NotRedis);

        listener.Stop();
        await serving;
    }

    [Theory]
    [InlineData("CONFIG SET maxmemory 1", "CONFIG SET maxmemory 0", RedisCause.OutOfMemory)]
    [InlineData("CONFIG SET min-replicas-to-write 1", "CONFIG SET min-replicas-to-write 0", RedisCause.NoReplicas)]
    [InlineData("REPLICAOF 127.0.0.1 1", "REPLICAOF NO ONE", RedisCause.ReadOnly)]
    [InlineData("ACL SETUSER default -@scripting", "ACL SETUSER default +@scripting", RedisCause.NotPermitted)]
    [InlineData("ACL SETUSER default -rpushx", "ACL SETUSER default +rpushx", RedisCause.NotPermitted)]
    public async Task Watch_ServerRefusesWritesAndAnswersPing_SaysWhyAndThatItIsOver(string spoil, string mend, RedisCause cause)
    {
        await using var watched = await WatchedAsync(_server.Connection);
        Assert.Equal(RedisCause.None, watched.Watch.Cause);

        await _server.ExecuteAsync(spoil);
        await Eventually.TrueAsync(() => watched.Watch.Cause == cause && watched.Lines.Count == 1);
        await _server.ExecuteAsync(mend);
        await Eventually.TrueAsync(() => watched.Watch.Cause == RedisCause.None);

        Assert.Contains(cause.Describe(), watched.Lines.First(line => line.Level == LogLevel.Error).Text, StringComparison.Ordinal);
        Assert.Equal(2, watched.Lines.Count(line => line.Level != LogLevel.Warning));
    }

    [Fact]
    public async Task Watch_ServerRunsSomebodysEndlessScript_SaysSoAndThatItIsOver()
    {
        await _server.ExecuteAsync("CONFIG SET busy-reply-threshold 100");
        await using var watched = await WatchedAsync(_server.Connection);
        using var endless = await SendAsync("EVAL \"while true do end\" 0");

        await Eventually.TrueAsync(() => watched.Lines.Any(line => line.Level == LogLevel.Error));
        using var end = await SendAsync("SCRIPT KILL");
        await Eventually.TrueAsync(() => watched.Watch.Cause == RedisCause.None);

        Assert.Contains(RedisCause.Busy.Describe(), watched.Lines.Single(line => line.Level == LogLevel.Error).Text, StringComparison.Ordinal);
    }

    private async Task<TcpClient> SendAsync(string command)
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, _server.Port, Token);
        await client.GetStream().WriteAsync(System.Text.Encoding.ASCII.GetBytes($"{command}\r\n"), Token);
        return client;
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static async Task SaysOnceAsync(string connection, RedisCause cause, Func<Task>? mend = null)
    {
        await using var watched = await WatchedAsync(connection);
        var calls = new RedisCalls(watched.Connection, TimeSpan.FromSeconds(10), static (fault, exception) => new FailedCallException(fault, exception));

        await Eventually.TrueAsync(() => watched.Lines.Count == 1);
        for (var i = 0; i < 3; i++)
        {
            var exception = await Assert.ThrowsAsync<FailedCallException>(AskAsync);
            Assert.DoesNotContain(Password, exception.ToString(), StringComparison.Ordinal);
        }

        Assert.Equal(cause, watched.Watch.Cause);
        var (level, text) = Assert.Single(watched.Lines);
        Assert.Equal(LogLevel.Error, level);
        Assert.Contains(cause.Describe(), text, StringComparison.Ordinal);
        Assert.DoesNotContain(Password, text, StringComparison.Ordinal);
        if (mend is not null)
        {
            await mend();
            await Eventually.TrueAsync(() => watched.Watch.Cause == RedisCause.None);
            Assert.Null(await AskAsync());
            Assert.Single(watched.Lines, line => line.Level == LogLevel.Information);
        }

        async Task<string?> AskAsync() =>
            await calls.RunAsync((database, _) => database.HashGetAsync("eventicat:account:{acme}", "epoch", CommandFlags.DemandMaster), Token);
    }

    private static async Task<Watched> WatchedAsync(string connection)
    {
        var watched = new Watched(connection);
        await watched.Watch.StartAsync(Token);
        return watched;
    }

    private static async Task AnswerInHttpAsync(TcpListener listener)
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync(Token);
                await client.GetStream().WriteAsync("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n"u8.ToArray(), Token);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Stopped.
        }
    }

    private sealed class FailedCallException(string fault, Exception exception) : Exception(fault, exception);

    private sealed class Watched : IAsyncDisposable
    {
        private readonly CapturedLog _log = new();

        public Watched(string connection, TimeProvider? time = null)
        {
            Connection = new RedisConnection(new RedisOptions { Connection = connection });
            Watch = new RedisWatch(Connection, [new RedisWriteCheck(Connection)], time ?? TimeProvider.System, _log.For<RedisWatch>());
        }

        public RedisConnection Connection { get; }

        public RedisWatch Watch { get; }

        public IReadOnlyCollection<(LogLevel Level, string Text)> Lines => _log.Lines;

        public async ValueTask DisposeAsync()
        {
            await Watch.StopAsync(CancellationToken.None);
            Watch.Dispose();
            await Connection.DisposeAsync();
        }
    }

    private sealed class BrokenTime : TimeProvider
    {
        private volatile bool _isBroken;
        private int _thrown;

        public bool IsBroken
        {
            set => _isBroken = value;
        }

        public int Thrown => Volatile.Read(ref _thrown);

        public override long GetTimestamp()
        {
            if (_isBroken)
            {
                Interlocked.Increment(ref _thrown);
                throw new NotSupportedException("No time.");
            }

            return base.GetTimestamp();
        }
    }
}
