using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Eventicat.Accounts;
using Eventicat.EndToEnd.Tests.Cli;
using Eventicat.EndToEnd.Tests.Processes;
using Eventicat.TestSupport.Http;
using Eventicat.TestSupport.Redis;

namespace Eventicat.EndToEnd.Tests.Gateway;

/// <summary>
/// Two gateways that are short of processor time: every core is kept busy by others, and clients send more than can be
/// served. Redis is well all the while, so the limit that the two share holds, and is not refused away either.
/// <c>EVENTICAT_OVERLOAD_ROUNDS</c> repeats it, <c>EVENTICAT_OVERLOAD_RESULT</c> names a file for what each round gave;
/// <c>bench/overload.sh</c> sets both.
/// </summary>
public sealed class OverloadTests
{
    private const int Permits = 200;
    private const int OtherAccounts = 16;
    private const int OtherClients = 64;
    private const int Clients = 16;
    private const int RequestsPerGateway = 600;

    /// <summary>What a process does in its first seconds, compiling above all, is not what it does under load.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(12);

    [Fact]
    public async Task Limit_SharedByTwoGatewaysShortOfProcessorTime_IsNeitherExceededNorWithheld()
    {
        var rounds = int.Parse(Environment.GetEnvironmentVariable("EVENTICAT_OVERLOAD_ROUNDS") ?? "1", CultureInfo.InvariantCulture);
        for (var round = 1; round <= rounds; round++)
        {
            var watch = Stopwatch.StartNew();
            var (statuses, losses) = await RunAsync();
            var load = await LoadAsync();
            var report = string.Create(
                CultureInfo.InvariantCulture,
                $"round {round}: {Count(statuses, 200)} of {Permits} admitted, {Count(statuses, 429)} refused, Redis lost {losses} times, load {load}, {watch.Elapsed.TotalSeconds:F1} s");
            TestContext.Current.TestOutputHelper?.WriteLine(report);
            if (Environment.GetEnvironmentVariable("EVENTICAT_OVERLOAD_RESULT") is { Length: > 0 } file)
            {
                await File.AppendAllTextAsync(file, $"    {report}\n", TestContext.Current.CancellationToken);
            }

            Assert.InRange(Count(statuses, 200), Permits * 95 / 100, Permits);
            Assert.Equal(statuses.Count, Count(statuses, 200) + Count(statuses, 429));
        }
    }

    private static async Task<(ConcurrentBag<int> Statuses, int Losses)> RunAsync()
    {
        await using var redis = await RedisServer.StartAsync(TestContext.Current.CancellationToken);
        await using var backend = new RawBackend();
        var environment = new Dictionary<string, string> { ["Redis__Connection"] = redis.Connection };
        using var host = new CommandLineHost(environment);
        var keys = Enumerable.Range(0, OtherAccounts).ToDictionary(i => $"other{i}", _ => ApiKey.Generate(out var _));
        var key = keys["acme"] = ApiKey.Generate(out _);
        var imported = await host.RunWithInputAsync(string.Concat(keys.Select(Describe)), "import", "-");
        Assert.True(imported.ExitCode == 0, imported.Error);
        await using var one = await GatewayProcess.StartAsync(host.Folder, backend.Url, environment);
        await using var two = await GatewayProcess.StartAsync(host.Folder, backend.Url, environment);
        GatewayProcess[] gateways = [one, two];
        var startedAt = Stopwatch.GetTimestamp();

        using var busy = new BusyCores();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var settled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var others = gateways.SelectMany(gateway => Enumerable.Range(0, OtherClients).Select(async client =>
        {
            while (!stop.IsCancellationRequested)
            {
                var other = $"other{client % OtherAccounts}";
                await StatusAsync(gateway, other, keys[other]);
                if (Stopwatch.GetElapsedTime(startedAt) > Settling)
                {
                    settled.TrySetResult();
                }
            }
        })).ToList();
        await settled.Task.WaitAsync(TestContext.Current.CancellationToken);

        var statuses = new ConcurrentBag<int>();
        await Task.WhenAll(gateways.SelectMany(gateway => Enumerable.Range(0, Clients).Select(async _ =>
        {
            for (var i = 0; i < RequestsPerGateway / Clients; i++)
            {
                statuses.Add(await StatusAsync(gateway, "acme", key));
            }
        })));
        await stop.CancelAsync();
        await Task.WhenAll(others);
        return (statuses, gateways.Sum(gateway => gateway.Warnings.Count(line => line.Contains("does not decide", StringComparison.Ordinal))));
    }

    private static string Describe(KeyValuePair<string, ApiKey> account) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"id":"{{account.Key}}","limit":{"permits":{{(account.Key == "acme" ? Permits : 1_000_000)}},"window":"00:10:00"},"keys":[{"id":"k1","sha256":"{{account.Value.Digest}}"}],"aggregators":[{"id":"agg_{{account.Key}}"}]}""") + "\n";

    private static async Task<int> StatusAsync(GatewayProcess gateway, string account, ApiKey key)
    {
        using var response = await gateway.Client.GetAsync(
            new Uri($"/api/event?_id=agg_{account}&_apikey={key.Reveal()}", UriKind.Relative), TestContext.Current.CancellationToken);
        return (int)response.StatusCode;
    }

    private static async Task<string> LoadAsync() =>
        File.Exists("/proc/loadavg") ? (await File.ReadAllTextAsync("/proc/loadavg", TestContext.Current.CancellationToken)).Split(' ')[0] : "unknown";

    private static int Count(IEnumerable<int> statuses, int status) => statuses.Count(one => one == status);
}
