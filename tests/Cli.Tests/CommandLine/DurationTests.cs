using Eventicat.Cli.CommandLine;

namespace Eventicat.Cli.Tests.CommandLine;

public sealed class DurationTests
{
    [Theory]
    [InlineData("0s", 0)]
    [InlineData("30s", 30)]
    [InlineData("15m", 900)]
    [InlineData("1h", 3600)]
    [InlineData("90d", 7_776_000)]
    [InlineData("00:01:00", 60)]
    [InlineData("1.00:00:00", 86_400)]
    public void TryParse_DocumentedForm_IsRead(string text, int seconds)
    {
        Assert.True(Duration.TryParse(text, out var duration));
        Assert.Equal(TimeSpan.FromSeconds(seconds), duration);
    }

    [Theory]
    [InlineData("")]
    [InlineData("s")]
    [InlineData("30")]
    [InlineData("-1s")]
    [InlineData("+1s")]
    [InlineData("1.5h")]
    [InlineData("1w")]
    [InlineData("1 h")]
    [InlineData("-00:01:00")]
    [InlineData("99999999999d")]
    [InlineData("2147483647h")]
    [InlineData("2147483647d")]
    public void TryParse_AnythingElse_IsRefused(string text) => Assert.False(Duration.TryParse(text, out _));
}
