using System.Net;

namespace Eventicat.EventSink.Tests.Http;

public sealed class Invalid400
{
    [Fact]
    public async Task GetEvent_WithoutName_SaysWhatIsMissing()
    {
        await using var sink = await SinkHost.StartAsync();
        (await sink.GetAsync("/api/event?_id=agg_1")).ShouldBe(HttpStatusCode.BadRequest,
            """{"error":"Invalid event","details":[{"index":0,"field":"name","code":"required","message":"A name is required"}]}""");
        Assert.Empty(await sink.NamesAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("<html>")]
    [InlineData("""{"name":"\ud800"}""")]
    public async Task PostEvent_NotJson_SaysSo(string body)
    {
        await using var sink = await SinkHost.StartAsync();
        (await sink.PostAsync(body)).ShouldBe(HttpStatusCode.BadRequest, """{"error":"Malformed JSON"}""");
    }

    [Fact]
    public async Task PostEvent_SeveralErrors_ListsAll()
    {
        await using var sink = await SinkHost.StartAsync();
        var answer = await sink.PostAsync("""{"name":"","value":"x","tags":{"a b":null}}""");
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal(
            ["name", "value", "tags.a b", "tags.a b"],
            answer.Json.GetProperty("details").EnumerateArray().Select(detail => detail.GetProperty("field").GetString()!));
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=1001")]
    [InlineData("limit=-1")]
    [InlineData("limit=ten")]
    [InlineData("limit=")]
    [InlineData("limit=1.0")]
    [InlineData("limit=1&limit=2")]
    [InlineData("limit=99999999999999999999")]
    public async Task ListEvents_BadLimit_SaysWhatIsAllowed(string query)
    {
        await using var sink = await SinkHost.StartAsync();
        (await sink.GetAsync($"/api/events?{query}")).ShouldBe(
            HttpStatusCode.BadRequest, """{"error":"Parameter limit must be a whole number from 1 to 1000"}""");
    }

    [Theory]
    [InlineData("cursor=1")]
    [InlineData("cursor=e")]
    [InlineData("cursor=exyz")]
    [InlineData("cursor=effffffffffffffff")]
    [InlineData("cursor=e1&cursor=e2")]
    public async Task ListEvents_BadCursor_IsRefused(string query)
    {
        await using var sink = await SinkHost.StartAsync();
        (await sink.GetAsync($"/api/events?{query}")).ShouldBe(
            HttpStatusCode.BadRequest, """{"error":"Parameter cursor is not one that was given out"}""");
    }
}
