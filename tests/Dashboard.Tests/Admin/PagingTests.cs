using System.Diagnostics;
using System.Globalization;
using System.Text;
using Eventicat.Accounts;
using Eventicat.Dashboard.Tests.Hosting;
using Eventicat.TestSupport;
using Eventicat.TestSupport.Redis;

namespace Eventicat.Dashboard.Tests.Admin;

public sealed class PagingTests(RedisFixture redis)
{
    private const int Accounts = 100_000;
    private static readonly TimeSpan Most = TimeSpan.FromMilliseconds(200);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Page_OfManyAccounts_IsQuick(bool inRedis)
    {
        await using var host = inRedis ? await DashboardHost.StartAsync(redis) : await DashboardHost.StartAsync();
        await FillAsync(host, inRedis);
        var admin = await host.WithOperatorAsync();
        // The file is noticed when it is looked at.
        await Eventually.TrueAsync(async () => await host.Store.FindAsync(AccountId.Parse(IdOf(Accounts - 1)), TestContext.Current.CancellationToken) is not null);
        // The first call connects.
        (await admin.GetAsync("/accounts?limit=1")).Expect(200);

        var times = new List<TimeSpan>();
        foreach (var start in Enumerable.Range(0, 15).Select(i => i * 6500))
        {
            var watch = Stopwatch.StartNew();
            var page = (await admin.GetAsync($"/accounts?limit=1000&after={IdOf(start)}")).Expect(200);
            times.Add(watch.Elapsed);
            Assert.Equal(IdOf(start + 1000), page.String("next"));
        }

        var median = times.Order().ElementAt(times.Count / 2);
        TestContext.Current.TestOutputHelper?.WriteLine($"median {median.TotalMilliseconds:F0} ms, most {times.Max().TotalMilliseconds:F0} ms");
        Assert.True(median <= Most, $"{median} for a page of 1000");
    }

    private static async Task FillAsync(DashboardHost host, bool inRedis)
    {
        if (inRedis)
        {
            var all = Enumerable.Range(0, Accounts).Select(i => new Account { Id = AccountId.Parse(IdOf(i)) }).ToAsyncEnumerable();
            Assert.Equal(Accounts, await host.Store.ApplyAsync(all, TestContext.Current.CancellationToken).CountAsync(TestContext.Current.CancellationToken));
            return;
        }

        var json = new StringBuilder("""{"version":1,"accounts":[""");
        for (var i = 0; i < Accounts; i++)
        {
            json.Append(i == 0 ? "" : ",").Append(CultureInfo.InvariantCulture, $$"""{"id":"{{IdOf(i)}}"}""");
        }

        await File.WriteAllTextAsync(Path.Combine(host.Folder, "accounts.json"), json.Append("]}").ToString(), TestContext.Current.CancellationToken);
    }

    private static string IdOf(int number) => string.Create(CultureInfo.InvariantCulture, $"a{number:d6}");
}
