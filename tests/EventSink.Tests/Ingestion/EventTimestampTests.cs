using Eventicat.EventSink.Ingestion;
using Eventicat.Hosting.Formats;
using FsCheck.Xunit;

namespace Eventicat.EventSink.Tests.Ingestion;

public sealed class EventTimestampTests
{
    [Theory]
    [InlineData("2024-05-17T09:30:15Z", "2024-05-17T09:30:15.000Z")]
    [InlineData("2024-05-17t09:30:15.1z", "2024-05-17T09:30:15.100Z")]
    [InlineData("2024-05-17 09:30:15.123456789Z", "2024-05-17T09:30:15.123Z")]
    [InlineData("2024-05-17T09:30:15+02:00", "2024-05-17T07:30:15.000Z")]
    [InlineData("2024-05-17T09:30:15.5-11:30", "2024-05-17T21:00:15.500Z")]
    [InlineData("1969-12-31T23:59:59.999Z", "1969-12-31T23:59:59.999Z")]
    [InlineData("0", "1970-01-01T00:00:00.000Z")]
    [InlineData("1640995200", "2022-01-01T00:00:00.000Z")]
    [InlineData("1640995200.5", "2022-01-01T00:00:00.500Z")]
    [InlineData("1640995200123", "2022-01-01T00:00:00.123Z")]
    [InlineData("99999999999", "5138-11-16T09:46:39.000Z")]
    [InlineData("100000000000", "1973-03-03T09:46:40.000Z")]
    public void Parse_KnownForm_GivesTheMoment(string text, string expected) =>
        Assert.Equal(expected, EventTimestamp.Parse(text)?.ToRfc3339());

    [Theory]
    [InlineData("")]
    [InlineData("now")]
    [InlineData("2024-05-17")]
    [InlineData("2024-05-17T09:30:15")]
    [InlineData("2024-05-17T09:30Z")]
    [InlineData("2024-02-30T09:30:15Z")]
    [InlineData("2024-05-17T25:30:15Z")]
    [InlineData("2024-05-17T09:30:15+99:00")]
    [InlineData("05/17/2024 09:30:15Z")]
    [InlineData("0001-01-01T00:00:00+01:00")]
    [InlineData("-1")]
    [InlineData("1e9")]
    [InlineData("١٦٤٠٩٩٥٢٠٠")]
    [InlineData("999999999999999")]
    [InlineData("1640995200\n")]
    public void Parse_AnythingElse_IsNull(string text) => Assert.Null(EventTimestamp.Parse(text));

    [Theory]
    [InlineData(-1)]
    [InlineData(1e18)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void FromEpoch_OutOfRange_IsNull(double number) => Assert.Null(EventTimestamp.FromEpoch(number));

    [Property]
    public void Parse_AnyText_NeverThrows(string? text) => EventTimestamp.Parse(text ?? "");
}
