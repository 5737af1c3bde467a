using System.Net;

namespace Eventicat.EventSink.Tests.Http;

public sealed class StoredEvents200
{
    [Fact]
    public async Task GetEvent_Valid_GivesAReceiptAndIsReadBack()
    {
        await using var sink = await SinkHost.StartAsync();
        var receipt = (await sink.GetAsync("/api/event?_id=agg_1&name=Sign-up&plan=pro&value=2&timestamp=1640995200&_eid=e1")).Json;
        Assert.Equal("ok", receipt.GetProperty("status").GetString());
        Assert.Equal(7, receipt.GetProperty("id").GetGuid().Version);
        Assert.False(receipt.GetProperty("duplicate").GetBoolean());

        var list = await sink.GetAsync("/api/events?_id=agg_1");
        list.ShouldBe(HttpStatusCode.OK, $$"""
            {"events":[{"id":"{{receipt.GetProperty("id")}}","name":"Sign-up","timestamp":"2022-01-01T00:00:00.000Z","received":"{{receipt.GetProperty("received")}}","value":2,"tags":{"plan":"pro"},"clientId":"e1"}],"cursor":null}
            """);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("Application/JSON; charset=\"UTF-8\"")]
    [InlineData("text/plain;charset=UTF-8")]
    [InlineData("text/plain")]
    [InlineData(null)]
    public async Task PostEvent_AcceptedContentType_IsReadBack(string? contentType)
    {
        await using var sink = await SinkHost.StartAsync();
        var answer = await sink.PostAsync("""{"name":"Grüße","description":"d","tags":{"n":1.50},"data":{"a":null},"x":[1]}""", contentType);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        var item = Assert.Single((await sink.GetAsync("/api/events")).Events());
        Assert.Equal("Grüße", item.GetProperty("name").GetString());
        Assert.Equal("d", item.GetProperty("description").GetString());
        Assert.Equal("""{"n":1.50}""", item.GetProperty("tags").GetRawText());
        Assert.Equal("""{"a":null,"x":[1]}""", item.GetProperty("data").GetRawText());
        Assert.False(item.TryGetProperty("timestamp", out _));
    }

    [Fact]
    public async Task PostEvent_AsLargeAsAllowed_IsStored()
    {
        await using var sink = await SinkHost.StartAsync();
        var json = """{"name":"a","data":""}""";
        json = json.Replace("\"\"}", $"\"{new string('x', (32 * 1024) - json.Length)}\"}}", StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await sink.PostAsync(json)).Status);
    }

    [Fact]
    public async Task ListEvents_Several_AreNewestFirstAndLimited()
    {
        await using var sink = await SinkHost.StartAsync();
        for (var i = 0; i < 5; i++)
        {
            await sink.GetAsync($"/api/event?name=e{i}");
        }

        Assert.Equal(["e4", "e3", "e2", "e1", "e0"], await sink.NamesAsync());
        Assert.Equal(2, (await sink.GetAsync("/api/events?limit=2")).Events().Count());
        Assert.Single((await sink.GetAsync("/api/events?name=e3")).Events());
    }

    [Fact]
    public async Task ListEvents_WithTheCursorOfAPage_GoOnWithOlderOnes()
    {
        await using var sink = await SinkHost.StartAsync();
        for (var i = 0; i < 3; i++)
        {
            await sink.GetAsync($"/api/event?name=e{i}");
        }

        var first = await sink.GetAsync("/api/events?limit=2");
        var second = await sink.GetAsync($"/api/events?limit=2&cursor={first.Json.GetProperty("cursor").GetString()}");

        Assert.Equal("e0", Assert.Single(second.Events()).GetProperty("name").GetString());
        Assert.Contains("\"cursor\":null", second.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ListEvents_None_IsAnEmptyList()
    {
        await using var sink = await SinkHost.StartAsync();
        (await sink.GetAsync("/api/events")).ShouldBe(HttpStatusCode.OK, """{"events":[],"cursor":null}""");
    }

    [Fact]
    public async Task ListEvents_AnotherAccountOrAggregator_SeesNothing()
    {
        await using var sink = await SinkHost.StartAsync();
        await sink.GetAsync("/api/event?name=ours");
        Assert.Empty(await sink.NamesAsync(account: "other"));
        Assert.Empty(await sink.NamesAsync(aggregator: "agg_2"));
    }

    [Fact]
    public async Task GetEvent_IdParameterOfAnotherAggregator_TheHeaderDecides()
    {
        await using var sink = await SinkHost.StartAsync();
        await sink.GetAsync("/api/event?_id=agg_2&name=ours");
        Assert.Equal(["ours"], await sink.NamesAsync());
        Assert.Empty(await sink.NamesAsync(aggregator: "agg_2"));
    }

    [Fact]
    public async Task Event_SameRequestFrom64Callers_IsStoredOnceAndAnsweredAlike()
    {
        await using var sink = await SinkHost.StartAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => sink.GetAsync("/api/event?name=once", "r1")));
        Assert.Equal(HttpStatusCode.OK, answers[0].Status);
        Assert.Single(answers.Select(answer => answer.Text).Distinct(StringComparer.Ordinal));
        Assert.Equal(answers[0].Text, (await sink.GetAsync("/api/event?name=once", "r1")).Text);
        Assert.Equal(["once"], await sink.NamesAsync());
    }

    [Fact]
    public async Task Event_EventsInOrder_HaveGrowingIds()
    {
        await using var sink = await SinkHost.StartAsync();
        await Task.WhenAll(Enumerable.Range(0, 100).Select(n => sink.GetAsync($"/api/event?name=e{n}")));
        var ids = (await sink.GetAsync("/api/events?limit=1000")).Events().Select(item => item.GetProperty("id").GetString()!).Reverse().ToArray();
        Assert.Equal(100, ids.Length);
        Assert.Equal(ids.Order(StringComparer.Ordinal), ids);
    }
}
