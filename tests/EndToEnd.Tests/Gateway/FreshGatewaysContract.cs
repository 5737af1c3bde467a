using Eventicat.EndToEnd.Tests.Cli;
using Eventicat.EndToEnd.Tests.Processes;
using Eventicat.TestSupport.Http;

namespace Eventicat.EndToEnd.Tests.Gateway;

/// <summary>Two processes that have just started share one limit from their very first requests on.</summary>
public abstract class FreshGatewaysContract(IReadOnlyDictionary<string, string> environment)
{
    /// <summary>Also where the gateways hardly get a processor: their own waiting says nothing about Redis.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(8)]
    public async Task Burst_OnTwoGatewaysThatHaveJustStarted_AdmitsExactlyTheLimit(int busyPerCore)
    {
        await using var backend = new RawBackend();
        using var host = new CommandLineHost(environment);
        await RunAsync(host, "account", "create", "acme", "--permits", "5", "--window", "10m");
        await RunAsync(host, "aggregator", "create", "acme", "--id", "agg_1");
        var key = await RunAsync(host, "key", "create", "acme");
        using var busy = new BusyCores(busyPerCore);
        await using var one = await GatewayProcess.StartAsync(host.Folder, backend.Url, environment, waitForReady: false);
        await using var two = await GatewayProcess.StartAsync(host.Folder, backend.Url, environment, waitForReady: false);

        var statuses = await Task.WhenAll(Enumerable.Range(0, 80).Select(i => StatusAsync(i % 2 == 0 ? one : two, key.Trim())));

        Assert.Equal([new(200, 5), new(429, 75)], statuses.CountBy(static status => status).OrderBy(static count => count.Key));
    }

    private static async Task<string> RunAsync(CommandLineHost host, params string[] arguments)
    {
        var result = await host.RunAsync(arguments);
        Assert.True(result.ExitCode == 0, result.Error);
        return result.Output;
    }

    private static async Task<int> StatusAsync(GatewayProcess gateway, string key)
    {
        using var response = await gateway.Client.GetAsync(
            new Uri($"/api/event?_id=agg_1&_apikey={key}", UriKind.Relative), TestContext.Current.CancellationToken);
        return (int)response.StatusCode;
    }
}
