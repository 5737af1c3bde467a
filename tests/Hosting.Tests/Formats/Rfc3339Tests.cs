using Eventicat.Hosting.Formats;

namespace Eventicat.Hosting.Tests.Formats;

public sealed class Rfc3339Tests
{
    [Theory]
    [InlineData("2027-01-31T00:00:00Z", "2027-01-31T00:00:00.000Z")]
    [InlineData("2027-01-31T01:30:00+01:30", "2027-01-31T00:00:00.000Z")]
    [InlineData("2027-01-31T00:00:00.1239Z", "2027-01-31T00:00:00.123Z")]
    public void Moment_WithItsOffset_IsReadAndWrittenAsUtc(string text, string expected)
    {
        Assert.True(Rfc3339.TryParse(text, out var moment));
        Assert.Equal(expected, moment.ToRfc3339());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("2027-01-31")]
    [InlineData("2027-01-31T00:00:00")]
    [InlineData("2027-13-31T00:00:00Z")]
    [InlineData("2027-01-31 00:00:00Z")]
    public void Moment_WithoutOffsetOrSense_IsRefused(string? text) => Assert.False(Rfc3339.TryParse(text, out _));
}
