using Eventicat.TestSupport;

namespace Eventicat.EventSink.Tests.Observability;

public sealed class AccessLogTests
{
    [Fact]
    public async Task Request_DefaultLevel_WritesOneLineOfAllowedValues()
    {
        await using var sink = await SinkHost.StartAsync();
        await sink.GetAsync("/api/event?name=canary&tag=canary&_apikey=canary", "r1");
        await Eventually.TrueAsync(() => sink.Log.Events.Count > 0);
        var properties = Assert.Single(sink.Log.Events).Properties.ToDictionary(pair => pair.Key, pair => pair.Value.ToString(), StringComparer.Ordinal);
        Assert.Equal("\"GET\"", properties["Method"]);
        Assert.Equal("\"/api/event\"", properties["Route"]);
        Assert.Equal("200", properties["Status"]);
        Assert.Equal("\"acme\"", properties["Account"]);
        Assert.Equal("\"agg_1\"", properties["Aggregator"]);
        Assert.Equal("\"r1\"", properties["RequestId"]);
        Assert.Equal("115", properties["Bytes"]);
        Assert.Contains("Milliseconds", properties.Keys);
    }

    [Theory]
    [InlineData("GET", "/api/event?name=canary")]
    [InlineData("GET", "/api/event?canary")]
    [InlineData("GET", "/canary?canary=canary")]
    [InlineData("GET", "/api/events?limit=canary")]
    [InlineData("CANARY", "/api/event")]
    public async Task Request_WhateverTheClientSends_StaysOutOfTheLog(string method, string path)
    {
        await using var sink = await SinkHost.StartAsync();
        await sink.SendAsync(SinkRequest.Create(new HttpMethod(method), path));
        await Eventually.TrueAsync(() => sink.Log.Events.Count > 0);
        Assert.DoesNotContain("canary", sink.Log.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Start_EveryoneCanReachIt_Warns()
    {
        await using var sink = await SinkHost.StartAsync(settings: new KeyValuePair<string, string?>("Kestrel:Endpoints:Http:Url", "http://0.0.0.0:0"));
        Assert.Contains(sink.Log.Events, item => item.RenderMessage(formatProvider: null).Contains("only the gateway", StringComparison.Ordinal));
    }
}
