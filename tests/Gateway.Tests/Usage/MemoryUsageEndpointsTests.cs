using Eventicat.TestSupport;

namespace Eventicat.Gateway.Tests.Usage;

public sealed class MemoryUsageEndpointsTests : UsageEndpointsContract
{
    protected override (string Key, string? Value)[] Settings => [];

    [Fact]
    public async Task Keys_UsedSince_AreListedInPages()
    {
        var before = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        foreach (var account in new[] { "a", "b", "c" })
        {
            await SendAsync($"/api/event?_id=agg_{account}", await Gateway.WithAccountAsync(account, [$"agg_{account}"]), 200);
        }

        await Eventually.TrueAsync(async () => (await GetAsync($"/usage/keys?since={before}"))["keys"]!.AsArray().Count == 3);
        var first = await GetAsync("/usage/keys?limit=2");
        var second = await GetAsync($"/usage/keys?limit=2&after={first["next"]}");

        Assert.Equal(
            ["a", "b", "c"], first["keys"]!.AsArray().Concat(second["keys"]!.AsArray()).Select(key => (string)key!["account"]!));
        Assert.Equal(["account", "key", "used"], first["keys"]![0]!.AsObject().Select(member => member.Key));
        Assert.Null(second["next"]);
        Assert.Empty((await GetAsync($"/usage/keys?since={before + 3600}"))["keys"]!.AsArray());
    }

    [Theory]
    [InlineData("/usage/keys?since=yesterday")]
    [InlineData("/usage/keys?since=-1")]
    [InlineData("/usage/keys?limit=x")]
    [InlineData("/usage/keys?after=YSBiIGM")]
    public async Task Keys_WrongParameter_Gets400(string path)
    {
        using var response = await Gateway.Management.GetAsync(new Uri(path, UriKind.Relative), Token);

        Assert.Equal(400, (int)response.StatusCode);
    }
}
