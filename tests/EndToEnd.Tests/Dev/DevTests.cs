using System.Text.Json;
using Eventicat.EndToEnd.Tests.Cli;
using Eventicat.EndToEnd.Tests.Processes;

namespace Eventicat.EndToEnd.Tests.Dev;

public sealed class DevTests : IDisposable
{
    private static readonly Dictionary<string, string> NoEnvironment = [];

    private readonly CommandLineHost _host = new(NoEnvironment);

    public void Dispose() => _host.Dispose();

    [Fact]
    public async Task Dev_StoppedByCtrlCAndStartedAgain_StillHasTheEvent()
    {
        string key;
        string aggregator;
        await using (var first = DevProcess.Start(_host, "--json"))
        {
            var running = await first.ReadJsonAsync();
            key = running.GetProperty("key").GetString()!;
            aggregator = running.GetProperty("aggregator").GetString()!;
            Assert.Equal("demo", running.GetProperty("account").GetString());
            await StoreAsync(Gateway(running), key, aggregator, "user_signup");
            Assert.InRange(await first.InterruptAsync(), TimeSpan.Zero, TimeSpan.FromSeconds(5));
        }

        await using var second = DevProcess.Start(_host, "--json");
        var again = await second.ReadJsonAsync();

        Assert.Equal(JsonValueKind.Null, again.GetProperty("key").ValueKind);
        Assert.Equal(aggregator, again.GetProperty("aggregator").GetString());
        Assert.Equal(["user_signup"], await ReadNamesAsync(Gateway(again), key, aggregator));
        Assert.InRange(await second.InterruptAsync(), TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task Dev_PrintedCurlLines_StoreAnEventAndReadItBack()
    {
        await using var dev = DevProcess.Start(_host);
        var commands = new List<string>();
        while (commands.Count < 3)
        {
            var line = await dev.ReadLineAsync();
            if (line.TrimStart().StartsWith("curl ", StringComparison.Ordinal))
            {
                commands.Add(line.Trim());
            }
        }

        var answers = new List<string>();
        foreach (var command in commands)
        {
            answers.Add(await Tool.RunAsync("bash", ["-c", command.Replace("curl ", "curl -sS --fail ", StringComparison.Ordinal)]));
        }

        Assert.Equal(2, answers.Count(answer => answer.Contains("\"status\":\"ok\"", StringComparison.Ordinal)));
        using var read = JsonDocument.Parse(answers[2]);
        Assert.Equal(2, read.RootElement.GetProperty("events").GetArrayLength());
    }

    [Fact]
    public async Task Dev_PortInUse_SaysSoInOneLine()
    {
        await using var dev = DevProcess.Start(_host, "--json");
        var port = Gateway(await dev.ReadJsonAsync()).Port;

        var result = await _host.RunAsync("dev", "--data", "other", "--port", $"{port}", "--management-port", "0");

        Assert.Equal(1, result.ExitCode);
        Assert.Equal("", result.Output);
        Assert.Contains("ddress already in use", Assert.Single(result.Error.TrimEnd().Split('\n'), line => !line.Contains(" WRN ", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    private static Uri Gateway(JsonElement running) => new(running.GetProperty("gateway").GetString()!);

    private static async Task StoreAsync(Uri gateway, string key, string aggregator, string name)
    {
        using var client = new HttpClient { BaseAddress = gateway };
        using var response = await client.GetAsync(
            new Uri($"/api/event?_id={aggregator}&_apikey={key}&name={name}", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(200, (int)response.StatusCode);
    }

    private static async Task<string?[]> ReadNamesAsync(Uri gateway, string key, string aggregator)
    {
        using var client = new HttpClient { BaseAddress = gateway, DefaultRequestHeaders = { Authorization = new("Bearer", key) } };
        using var body = JsonDocument.Parse(await client.GetStringAsync(
            new Uri($"/api/events?_id={aggregator}", UriKind.Relative), TestContext.Current.CancellationToken));
        return [.. body.RootElement.GetProperty("events").EnumerateArray().Select(item => item.GetProperty("name").GetString())];
    }
}
