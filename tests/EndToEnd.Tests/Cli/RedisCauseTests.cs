using Eventicat.TestSupport.Redis;

namespace Eventicat.EndToEnd.Tests.Cli;

/// <summary>Whoever has mistyped where Redis is, or how to get in, reads what to correct; never the password.</summary>
public sealed class RedisCauseTests : IAsyncLifetime
{
    private const string Password = "s3cret-of-redis";

    private readonly CommandLineHost _host = new(new Dictionary<string, string>());
    private RedisServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await RedisServer.StartProcessAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _host.Dispose();
    }

    [Fact]
    public async Task Command_RedisCannotBeUsed_SaysWhichOfAllReasonsItIs()
    {
        var tlsPort = await _server.OpenTlsPortAsync(_host.Folder);
        await SaysAsync("does not speak TLS", $"{_server.Connection},ssl=true,password={Password}");
        await SaysAsync("speaks TLS at this port", $"127.0.0.1:{tlsPort},password={Password}");
        await SaysAsync("certificate", $"127.0.0.1:{tlsPort},ssl=true,password={Password}");
        await SaysAsync("host name of Redis is not known", $"no-such-host.invalid:6379,password={Password}");

        await _server.ExecuteAsync("ACL SETUSER reader on >s3cret-of-redis ~* -@all +@connection +@read +config|get +info");
        await SaysAsync("does not permit", $"{_server.Connection},user=reader,password={Password}", "account", "create", "acme");
        await _server.ExecuteAsync($"REPLICAOF 127.0.0.1 {tlsPort}");
        await SaysAsync("read-only replica", _server.Connection, "account", "create", "acme");
        await _server.ExecuteAsync("REPLICAOF NO ONE");

        await _server.ExecuteAsync("CONFIG SET requirepass other");
        await SaysAsync("wants a password", _server.Connection);
        await SaysAsync("refuses the user or the password", $"{_server.Connection},password={Password}");
    }

    [Fact]
    public async Task Command_TwoServersAreBothPrimaries_ChangesNeither()
    {
        await using var other = await RedisServer.StartProcessAsync(TestContext.Current.CancellationToken);
        var both = $"{_server.Connection},{other.Connection}";
        await SaysAsync("says that it is the primary", both, "account", "create", "acme");
        await SaysAsync($"{_server.Connection} and {other.Connection}", both);

        await _server.ExecuteAsync($"REPLICAOF 127.0.0.1 {other.Port}");
        Assert.Equal(0, (await _host.RunAsync("account", "create", "acme", "--redis", both)).ExitCode);
        Assert.Equal(1, (long)await other.ExecuteAsync("EXISTS eventicat:account:{acme}"));
    }

    private async Task SaysAsync(string part, string connection, params string[] command)
    {
        var result = await _host.RunAsync([.. command.Length > 0 ? command : ["account", "list"], "--redis", connection]);

        result.AssertFailed(part);
        Assert.DoesNotContain(Password, result.Error, StringComparison.Ordinal);
    }
}
