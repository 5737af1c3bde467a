using System.Text;
using Eventicat.EventSink.Ingestion;
using Eventicat.EventSink.Storage;
using Eventicat.EventSink.Tests.Storage;
using FsCheck.Xunit;

namespace Eventicat.EventSink.Tests.Ingestion;

public sealed class JsonEventReaderTests
{
    [Fact]
    public void Read_EveryMember_IsTaken()
    {
        var item = Read("""
            {"name":" Sign-up ","id":"c1","timestamp":"2022-01-01T00:00:00Z","value":1.5,"description":"d\n",
             "tags":{"s":"x\"y","n":1.50,"b":true},"data":{"a":[1]}}
            """).Accepted();
        Assert.Equal(
            new NewEvent
            {
                Owner = SampleEvents.Owner,
                RequestId = "r1",
                ClientId = "c1",
                Name = "Sign-up",
                Timestamp = DateTimeOffset.FromUnixTimeSeconds(1640995200),
                Value = 1.5,
                Description = "d\n",
                Tags = """{"s":"x\u0022y","n":1.50,"b":true}""",
                Data = """{"a":[1]}""",
            },
            item);
    }

    [Theory]
    [InlineData("1640995200")]
    [InlineData("1640995200000")]
    [InlineData("\"1640995200\"")]
    [InlineData("\"1640995200000\"")]
    [InlineData("1.6409952e9")]
    public void Read_EpochTimestamp_IsTheSameMoment(string timestamp) =>
        Assert.Equal(
            DateTimeOffset.FromUnixTimeSeconds(1640995200), Read($$"""{"name":"a","timestamp":{{timestamp}}}""").Accepted().Timestamp);

    [Fact]
    public void Read_NullMembers_AreAbsent() =>
        Assert.Equal(
            SampleEvents.Named("a", "r1"),
            Read("""{"name":"a","id":null,"timestamp":null,"value":null,"description":null,"tags":null,"data":null}""").Accepted());

    [Fact]
    public void Read_MemberTwice_TheLastCounts() =>
        Assert.Equal("b", Read("""{"name":"a","name":"b"}""").Accepted().Name);

    [Fact]
    public void Read_ByteOrderMark_IsSkipped() =>
        Assert.Equal("a", Read("\uFEFF{\"name\":\"a\"}").Accepted().Name);

    [Theory]
    [InlineData("""{"name":"a","x":1,"y":{"z":[]}}""", """{"x":1,"y":{"z":[]}}""")]
    [InlineData("""{"name":"a","x":1,"data":{"q":2}}""", """{"q":2,"x":1}""")]
    [InlineData("""{"name":"a","x":1,"data":{"x":2}}""", """{"x":2}""")]
    [InlineData("""{"name":"a","x":1,"data":[3]}""", """{"data":[3],"x":1}""")]
    [InlineData("""{"name":"a","x":1,"data":null}""", """{"x":1}""")]
    [InlineData("""{"name":"a","Value":1}""", """{"Value":1}""")]
    [InlineData("""{"name":"a","data":"text"}""", "\"text\"")]
    [InlineData("""{"name":"a","data":false}""", "false")]
    public void Read_UnknownMembers_AreKeptInData(string json, string data) => Assert.Equal(data, Read(json).Accepted().Data);

    [Theory]
    [InlineData("{}", "name:required")]
    [InlineData("""{"name":null}""", "name:required")]
    [InlineData("""{"name":""}""", "name:required")]
    [InlineData("""{"name":1}""", "name:type")]
    [InlineData("""{"name":"a\u0007"}""", "name:characters")]
    [InlineData("""{"name":"a","id":1}""", "id:type")]
    [InlineData("""{"name":"a","id":""}""", "id:format")]
    [InlineData("""{"name":"a","timestamp":true}""", "timestamp:format")]
    [InlineData("""{"name":"a","timestamp":-5}""", "timestamp:format")]
    [InlineData("""{"name":"a","timestamp":"soon"}""", "timestamp:format")]
    [InlineData("""{"name":"a","value":"1"}""", "value:format")]
    [InlineData("""{"name":"a","value":1e999}""", "value:format")]
    [InlineData("""{"name":"a","description":{}}""", "description:type")]
    [InlineData("""{"name":"a","description":"\u0000"}""", "description:characters")]
    [InlineData("""{"name":"a","tags":[]}""", "tags:type")]
    [InlineData("""{"name":"a","tags":{"x":{}}}""", "tags.x:type")]
    [InlineData("""{"name":"a","tags":{"x":null}}""", "tags.x:type")]
    [InlineData("""{"name":"a","tags":{"x y":1}}""", "tags.x y:format")]
    [InlineData("[]", ":type")]
    [InlineData("null", ":type")]
    [InlineData("\"name\"", ":type")]
    public void Read_BadMember_NamesIt(string json, string error) => Assert.Contains(error, Read(json).Rejected());

    [Fact]
    public void Read_SeveralBadMembers_NamesAll() =>
        Assert.Equal(["value:format", "tags.x:type", "name:required"], Read("""{"value":"x","tags":{"x":[]}}""").Rejected());

    [Theory]
    [InlineData(16, true)]
    [InlineData(17, false)]
    [InlineData(15_000, false)]
    public void Read_DataDepth_IsLimited(int depth, bool valid) =>
        Assert.Equal(valid, Read($$"""{"name":"a","data":{{Nested(depth)}}}""")!.Errors.Count == 0);

    [Theory]
    [InlineData(15, true)]
    [InlineData(16, false)]
    [InlineData(15_000, false)]
    public void Read_UnknownMemberDepth_IsLimitedWithinData(int depth, bool valid) =>
        Assert.Equal(valid, Read($$"""{"name":"a","x":{{Nested(depth)}}}""")!.Errors.Count == 0);

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("name=a")]
    [InlineData("{\"name\":\"a\"}x")]
    [InlineData("{\"name\":\"a\",}")]
    [InlineData("{'name':'a'}")]
    [InlineData("""{"name":"\ud800"}""")]
    [InlineData("""{"name":"a","\udc00":1}""")]
    [InlineData("""{"name":"a","data":{"x":"\ud83d"}}""")]
    public void Read_NotJson_IsNull(string text) => Assert.Null(Read(text));

    [Fact]
    public void Read_NotUtf8_IsNull() =>
        Assert.Null(JsonEventReader.Read(Encoding.Latin1.GetBytes("{\"name\":\"Grüße\"}")));

    [Property]
    public void Read_AnyBytes_NeverThrows(byte[] body) => JsonEventReader.Read(body);

    private static EventDraft? Read(string json) => JsonEventReader.Read(Encoding.UTF8.GetBytes(json));

    private static string Nested(int depth) => new string('[', depth) + new string(']', depth);
}
