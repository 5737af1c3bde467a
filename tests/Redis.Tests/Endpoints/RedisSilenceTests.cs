using Eventicat.Redis.Endpoints;

namespace Eventicat.Redis.Tests.Endpoints;

public sealed class RedisSilenceTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(10);

    private readonly RedisSilence _silence;
    private TimeSpan _deadline = TimeSpan.FromMilliseconds(50);
    private TimeSpan _pressure;
    private long _now;

    public RedisSilenceTests() => _silence = new RedisSilence(() => _pressure);

    [Fact]
    public void Look_NothingSaidOnAnIdleMachine_IsSilenceAfterTheDeadline() => Assert.Equal(60, Until(10));

    [Fact]
    public void Look_SomethingRead_BeginsAnew()
    {
        Assert.Null(Looks(4, 10));
        Assert.False(Look(10, read: 1));
        Assert.Equal(60, Until(10, read: 1));
    }

    [Fact]
    public void Look_NobodyWaitsForAnAnswerOrItIsUnread_BeginsAnew()
    {
        Assert.Null(Looks(5, 10));
        Assert.False(_silence.Look(isWaiting: false, 0, _now, Interval, Interval, _deadline));
        Assert.Equal(60, Until(10));
    }

    [Fact]
    public void Look_LateEachTime_IsNoSilenceForLong() => Assert.Null(Looks(90, 40));

    [Fact]
    public void Look_ProcessFrozenForLong_CountsItAsOneLook()
    {
        Assert.Null(Looks(3, 10));
        Assert.False(Look(60_000));
        Assert.Null(Looks(4, 10));
        Assert.True(Look(10));
    }

    [Fact]
    public void Look_SomethingWaitsForAProcessorAllTheTime_IsNoSilenceForLong() => Assert.Null(Looks(90, 10, pressure: 10));

    [Fact]
    public void Look_SomethingWaitsForAProcessorHalfOfTheTime_TakesTwiceAsLong() => Assert.Equal(110, Until(10, pressure: 5));

    [Fact]
    public void Look_SilentForVeryLongWhateverCameBetween_IsSilence() => Assert.Equal(1010, Until(10, pressure: 10));

    [Theory]
    [InlineData(50, 1010)]
    [InlineData(200, 2010)]
    [InlineData(1000, 2010)]
    [InlineData(3000, 6010)]
    public void Look_SilentForLongWhateverCameBetween_IsSilenceAfterSecondsWhateverTheDeadline(int deadline, int passed)
    {
        _deadline = TimeSpan.FromMilliseconds(deadline);
        Assert.Equal(passed, Until(10, pressure: 10));
    }

    private int? Looks(int count, int milliseconds, int pressure = 0)
    {
        for (var i = 1; i <= count; i++)
        {
            if (Look(milliseconds, pressure: pressure))
            {
                return i * milliseconds;
            }
        }

        return null;
    }

    private int? Until(int milliseconds, long read = 0, int pressure = 0)
    {
        for (var passed = milliseconds; passed < 10_000; passed += milliseconds)
        {
            if (Look(milliseconds, read, pressure))
            {
                return passed;
            }
        }

        return null;
    }

    private bool Look(int milliseconds, long read = 0, int pressure = 0)
    {
        _now += milliseconds;
        _pressure += TimeSpan.FromMilliseconds(pressure);
        return _silence.Look(isWaiting: true, read, _now, TimeSpan.FromMilliseconds(milliseconds), Interval, _deadline);
    }
}
