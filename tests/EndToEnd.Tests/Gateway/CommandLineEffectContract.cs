using System.Text.Json;
using Eventicat.EndToEnd.Tests.Cli;
using Eventicat.TestSupport;
using Eventicat.TestSupport.Http;

namespace Eventicat.EndToEnd.Tests.Gateway;

/// <summary>What the command line changes is in force on a running gateway within a second of its return.</summary>
public abstract class CommandLineEffectContract(IReadOnlyDictionary<string, string> environment) : IAsyncLifetime
{
    private const string Aggregator = "agg_1";
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly RawBackend _backend = new();
    private readonly CommandLineHost _host = new(environment);
    private GatewayProcess _gateway = null!;

    public async ValueTask InitializeAsync()
    {
        await _host.RunAsync("account", "create", "acme");
        await _host.RunAsync("aggregator", "create", "acme", "--id", Aggregator);
        _gateway = await GatewayProcess.StartAsync(_host.Folder, _backend.Url, environment);
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _backend.DisposeAsync();
        _host.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Key_Revoked_IsRefusedWithinASecond()
    {
        var (id, key) = await CreateKeyAsync();

        await SucceedAsync("key", "revoke", "acme", id);

        await BecomesAsync(401, key);
    }

    [Fact]
    public async Task Key_Regenerated_OldIsRefusedAndNewWorksWithinASecond()
    {
        var (id, old) = await CreateKeyAsync();

        var result = await SucceedAsync("key", "regenerate", "acme", id, "--json");
        var renewed = Read(result, "key");

        await BecomesAsync(401, old);
        await BecomesAsync(200, renewed);
    }

    [Fact]
    public async Task Key_RegeneratedWithGrace_BothWork()
    {
        var (id, old) = await CreateKeyAsync();

        var renewed = Read(await SucceedAsync("key", "regenerate", "acme", id, "--grace", "1h", "--json"), "key");

        await BecomesAsync(200, renewed);
        Assert.Equal(200, await StatusAsync(old));
    }

    [Fact]
    public async Task Limit_Lowered_IsInForceWithinASecond()
    {
        var (_, key) = await CreateKeyAsync();
        await StatusAsync(key);

        await SucceedAsync("account", "limit", "acme", "--permits", "1", "--window", "1h");

        await BecomesAsync(429, key);
    }

    private async Task<(string Id, string Key)> CreateKeyAsync()
    {
        var result = await SucceedAsync("key", "create", "acme", "--json");
        var key = Read(result, "key");
        await BecomesAsync(200, key);
        return (Read(result, "id"), key);
    }

    private async Task<string> SucceedAsync(params string[] arguments)
    {
        var result = await _host.RunAsync(arguments);
        Assert.True(result.ExitCode == 0, result.Error);
        return result.Output;
    }

    private Task BecomesAsync(int status, string key) =>
        Eventually.HoldsAsync(async () => await StatusAsync(key) == status, Second, TestContext.Current.CancellationToken);

    private async Task<int> StatusAsync(string key)
    {
        using var response = await _gateway.Client.GetAsync(
            new Uri($"/api/event?_id={Aggregator}&_apikey={key}", UriKind.Relative), TestContext.Current.CancellationToken);
        return (int)response.StatusCode;
    }

    private static string Read(string json, string member)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.GetProperty(member).GetString()!;
    }
}
