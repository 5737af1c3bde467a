using System.Text.Json;
using Eventicat.EndToEnd.Tests.Dev;

namespace Eventicat.EndToEnd.Tests.Cli;

public sealed class VerifyTests : IDisposable
{
    private readonly CommandLineHost _host = new(new Dictionary<string, string> { ["Accounts__File"] = Path.Combine("data", "accounts.json") });

    [Fact]
    public async Task Verify_RunningGateway_IsAllOkAndNeverShowsTheKey()
    {
        await using var process = DevProcess.Start(_host, "--json");
        var dev = await process.ReadJsonAsync();
        string Value(string name) => dev.GetProperty(name).GetString()!;
        string[] urls = ["--gateway", Value("gateway"), "--management", Value("management"), "--dashboard", Value("dashboard")];

        var whole = await _host.RunWithInputAsync(Value("key"), ["verify", "--json", "--key-stdin", "--aggregator", Value("aggregator"), .. urls]);

        Assert.Equal((0, ""), (whole.ExitCode, whole.Error));
        Assert.DoesNotContain(Value("key").Split('_')[2], whole.Output, StringComparison.Ordinal);
        Assert.All(Results(whole), result => Assert.Equal("ok", result.Value));
        Assert.Equal(15, Results(whole).Count);

        // The management listener is none that clients should reach: it has no route for events, and answers what is for operators.
        var wrong = await _host.RunAsync("verify", "--json", "--gateway", Value("management"), "--dashboard", Value("gateway"));
        Assert.Equal(1, wrong.ExitCode);
        Assert.Equal(
            ["management-private", "trace", "dashboard"],
            Results(wrong).Where(result => result.Value == "failed").Select(result => result.Key));
        Assert.Equal("skipped", Results(wrong)["management-live"]);

        var stranger = await _host.RunWithInputAsync(Eventicat.Accounts.ApiKey.Generate(out _).Reveal(), ["verify", "--key-stdin", .. urls]);
        Assert.Equal(1, stranger.ExitCode);
        Assert.Contains("The key is refused", stranger.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_NothingThere_FailsWithReasons()
    {
        var result = await _host.RunAsync("verify", "--json", "--gateway", "http://127.0.0.1:1", "--redis", "127.0.0.1:1,connectTimeout=200");

        Assert.Equal((1, ""), (result.ExitCode, result.Error));
        Assert.Equal("failed", Results(result)["no-key"]);
        Assert.Equal("failed", Results(result)["accounts"]);
        Assert.DoesNotContain("   at ", result.Output, StringComparison.Ordinal);
    }

    public void Dispose() => _host.Dispose();

    private static Dictionary<string, string> Results(CommandResult result) => JsonElement.Parse(result.Output).EnumerateArray()
        .ToDictionary(check => check.GetProperty("id").GetString()!, check => check.GetProperty("result").GetString()!);
}
