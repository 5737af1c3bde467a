using Eventicat.Dashboard.Tests.Hosting;
using Eventicat.TestSupport;
using Eventicat.TestSupport.Redis;

namespace Eventicat.Dashboard.Tests.Errors;

public sealed class RedisAwayTests
{
    [Fact]
    public async Task Redis_Away_IsSaidOnceWithItsCauseHoweverManyAsk()
    {
        await using var redis = await RedisServer.StartAsync(TestContext.Current.CancellationToken);
        await using var host = await DashboardHost.StartAsync(("Accounts:File", ""), ("Redis:Connection", redis.Connection));
        var client = await host.WithOperatorAsync();
        (await client.GetAsync("/accounts")).Expect(200);

        await redis.StopAsync();
        await Eventually.TrueAsync(() => host.Log.ToString().Contains("Redis is of no use", StringComparison.Ordinal));
        for (var i = 0; i < 3; i++)
        {
            (await client.GetAsync("/accounts")).Expect(503);
        }

        await host.StopAsync();
        var log = host.Log.ToString();
        Assert.Equal(1, log.Split("\"@mt\":\"Redis is of no use").Length - 1);
        Assert.Contains("Nobody listens at the address of Redis", log, StringComparison.Ordinal);
        Assert.DoesNotContain("A store does not answer", log, StringComparison.Ordinal);
    }
}
