using Eventicat.Dashboard.Tests.Hosting;
using Eventicat.TestSupport.Redis;

namespace Eventicat.Dashboard.Tests.Admin;

public sealed class ConcurrencyTests(RedisFixture redis)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task SecondOperator_WithOldVersion_LosesNothingOfTheFirst(bool inRedis)
    {
        await using var host = await StartAsync(inRedis);
        var ada = await host.WithOperatorAsync("ada");
        var bob = await host.WithOperatorAsync("bob");
        var seen = (await ada.PostAsync("/accounts", """{"id":"acme"}""")).ETag;

        (await ada.PatchAsync("/accounts/acme", """{"name":"Ada's","limit":{"permits":5,"window":"00:01:00"}}""", seen)).Expect(200);
        (await bob.PatchAsync("/accounts/acme", """{"name":"Bob's"}""", seen)).Expect(412);
        (await bob.PostAsync("/accounts/acme/keys", "{}", ("If-Match", seen!))).Expect(412);
        (await bob.DeleteAsync("/accounts/acme", seen)).Expect(412);

        var now = await bob.GetAsync("/accounts/acme");
        Assert.Equal("""{"id":"acme","name":"Ada's","disabled":false,"limit":{"permits":5,"window":"00:01:00"},"urlKeys":null}""", now.Text);
        (await bob.PatchAsync("/accounts/acme", """{"disabled":true}""", now.ETag)).Expect(200);
        Assert.Equal("Ada's", (await ada.GetAsync("/accounts/acme")).String("name"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task FiftyPatches_OfOneVersion_LeaveExactlyTheOneThatSucceeded(bool inRedis)
    {
        await using var host = await StartAsync(inRedis);
        var admin = await host.WithOperatorAsync();
        var seen = (await admin.PostAsync("/accounts", """{"id":"acme"}""")).ETag;

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => admin.PatchAsync("/accounts/acme", $$"""{"name":"n{{i}}"}""", seen)));

        var won = Assert.Single(answers, answer => answer.Status == 200);
        Assert.All(answers.Where(answer => answer != won), answer => answer.Expect(412));
        var now = await admin.GetAsync("/accounts/acme");
        Assert.Equal((won.Text, won.ETag), (now.Text, now.ETag));
    }

    /// <summary>Everybody adds to what they have read until it is taken: what was answered with 201 is there, all of it.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task FiftyWriters_ThatReadAgainAfter412_LoseNothing(bool inRedis)
    {
        await using var host = await StartAsync(inRedis);
        var admin = await host.WithOperatorAsync();
        await admin.PostAsync("/accounts", """{"id":"acme"}""");

        await Task.WhenAll(Enumerable.Range(0, 50).Select(async i =>
        {
            int status;
            do
            {
                var tag = (await admin.GetAsync("/accounts/acme")).Expect(200).ETag!;
                status = (await admin.PostAsync("/accounts/acme/aggregators", $$"""{"id":"agg{{i}}"}""", ("If-Match", tag))).Status;
            }
            while (status == 412);
            Assert.Equal(201, status);
        }));

        var ids = (await admin.GetAsync("/accounts/acme/aggregators")).Json.GetProperty("aggregators").EnumerateArray().Select(one => one.GetProperty("id").GetString());
        Assert.Equal(Enumerable.Range(0, 50).Select(i => $"agg{i}").Order(StringComparer.Ordinal), ids.Order(StringComparer.Ordinal));
    }

    private Task<DashboardHost> StartAsync(bool inRedis) => inRedis ? DashboardHost.StartAsync(redis) : DashboardHost.StartAsync();
}
