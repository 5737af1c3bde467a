using System.Text.Json;
using Eventicat.EventSink.Ingestion;
using Eventicat.EventSink.Storage;
using Eventicat.EventSink.Tests.Storage;
using FsCheck;
using FsCheck.Xunit;

namespace Eventicat.EventSink.Tests.Ingestion;

public sealed class QueryEventReaderTests
{
    [Fact]
    public void Read_EveryField_IsTaken()
    {
        var item = QueryEventReader.Read(
            "?_id=agg_1&name=+Sign-up%20done+&timestamp=1640995200&value=-1.5e3&_eid=e1&plan=pro&via=a%26b&_debug=1&description=d").Accepted();
        Assert.Equal(
            new NewEvent
            {
                Owner = SampleEvents.Owner,
                RequestId = "r1",
                ClientId = "e1",
                Name = "Sign-up done",
                Timestamp = DateTimeOffset.FromUnixTimeSeconds(1640995200),
                Value = -1500,
                Tags = """{"plan":"pro","via":"a\u0026b","description":"d"}""",
            },
            item);
    }

    [Theory]
    [InlineData("?name=a&name=b", "b", "{}")]
    [InlineData("?name=a&x=1&x=2", "a", """{"x":"2"}""")]
    [InlineData("?name=a&x=1&X=2", "a", """{"x":"1","X":"2"}""")]
    [InlineData("?name=a&x", "a", """{"x":""}""")]
    [InlineData("?name=a&&", "a", "{}")]
    [InlineData("?name=%F0%9F%98%80", "\U0001F600", "{}")]
    public void Read_OddQuery_IsReadAsDocumented(string query, string name, string tags)
    {
        var item = QueryEventReader.Read(query).Accepted();
        Assert.Equal((name, tags), (item.Name, item.Tags));
    }

    [Theory]
    [InlineData("", "name:required")]
    [InlineData("?", "name:required")]
    [InlineData("?name=", "name:required")]
    [InlineData("?name=%20%09", "name:required")]
    [InlineData("?Name=a", "name:required")]
    [InlineData("?name=a%00b", "name:characters")]
    [InlineData("?name=a%C2%85b", "name:characters")]
    [InlineData("?name=a&value=", "value:format")]
    [InlineData("?name=a&value=1,5", "value:format")]
    [InlineData("?name=a&value=NaN", "value:format")]
    [InlineData("?name=a&value=1e999", "value:format")]
    [InlineData("?name=a&timestamp=yesterday", "timestamp:format")]
    [InlineData("?name=a&_eid=", "_eid:format")]
    [InlineData("?name=a&=x", "tags.:format")]
    [InlineData("?name=a&a%20b=x", "tags.a b:format")]
    public void Read_BadField_NamesIt(string query, string error) =>
        Assert.Equal([error], QueryEventReader.Read(query).Rejected());

    [Theory]
    [InlineData(200, true)]
    [InlineData(201, false)]
    public void Read_NameLength_IsLimited(int length, bool valid) =>
        Assert.Equal(valid, QueryEventReader.Read($"?name={new string('n', length)}").Errors.Count == 0);

    [Theory]
    [InlineData(512, true)]
    [InlineData(513, false)]
    public void Read_TagLength_IsLimited(int length, bool valid) =>
        Assert.Equal(valid, QueryEventReader.Read($"?name=a&tag={new string('v', length)}").Errors.Count == 0);

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void Read_TagNameLength_IsLimited(int length, bool valid) =>
        Assert.Equal(valid, QueryEventReader.Read($"?name=a&{new string('k', length)}=v").Errors.Count == 0);

    [Fact]
    public void Read_TooManyTags_IsOneError()
    {
        var query = "?name=a" + string.Concat(Enumerable.Range(0, 33).Select(n => $"&t{n}=1"));
        Assert.Equal(["tags:count"], QueryEventReader.Read(query).Rejected());
    }

    [Property]
    public void Read_AnyTagText_IsTheSameTextInJson(NonNull<string> text)
    {
        var sent = Uri.EscapeDataString(text.Get);
        var tags = JsonElement.Parse(QueryEventReader.Read($"?name=a&tag={sent}").Accepted().Tags);
        Assert.Equal(Uri.UnescapeDataString(sent), tags.GetProperty("tag").GetString());
    }

    [Property]
    public void Read_AnyText_NeverThrows(string? query) => QueryEventReader.Read(query);
}
