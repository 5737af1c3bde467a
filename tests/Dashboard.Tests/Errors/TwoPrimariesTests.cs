using Eventicat.Dashboard.Tests.Hosting;
using Eventicat.TestSupport;
using Eventicat.TestSupport.Redis;

namespace Eventicat.Dashboard.Tests.Errors;

public sealed class TwoPrimariesTests
{
    [Fact]
    public async Task Primary_BesideTheOneInUse_MakesReadinessDegradedAndChangesStayWhereTheyWere()
    {
        await using var first = await RedisServer.StartProcessAsync(TestContext.Current.CancellationToken);
        await using var second = await RedisServer.StartProcessAsync(TestContext.Current.CancellationToken);
        await second.ExecuteAsync($"REPLICAOF 127.0.0.1 {first.Port}");
        await using var host = await DashboardHost.StartAsync(("Accounts:File", ""), ("Redis:Connection", $"{second.Connection},{first.Connection}"));
        var client = await host.WithOperatorAsync();
        (await client.GetAsync("/accounts")).Expect(200);

        await second.ExecuteAsync("REPLICAOF NO ONE");

        await Eventually.TrueAsync(async () => (await ReadinessAsync()).Contains("degraded", StringComparison.Ordinal));
        (await client.PostAsync("/accounts", """{"id":"acme"}""")).Expect(201);
        Assert.Equal(1, (long)await first.ExecuteAsync("EXISTS eventicat:account:{acme}"));
        Assert.Equal(0, (long)await second.ExecuteAsync("EXISTS eventicat:account:{acme}"));
        await second.ExecuteAsync($"REPLICAOF 127.0.0.1 {first.Port}");
        await Eventually.TrueAsync(async () => (await ReadinessAsync()).Contains("\"ready\"", StringComparison.Ordinal));

        async Task<string> ReadinessAsync() => await host.Client.GetStringAsync(new Uri("/health/ready", UriKind.Relative), TestContext.Current.CancellationToken);
    }
}
