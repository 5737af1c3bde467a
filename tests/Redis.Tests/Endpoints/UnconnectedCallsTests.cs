using Eventicat.Redis.Endpoints;
using StackExchange.Redis;

namespace Eventicat.Redis.Tests.Endpoints;

/// <summary>How long calls without a connection wait. There is nobody at the address.</summary>
public sealed class UnconnectedCallsTests : IAsyncLifetime
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(10);

    private readonly LinkedList<RedisCall> _inFlight = new();
    private readonly RedisConnectionException _failure = new(ConnectionFailureType.SocketClosed, CommandFlags.None, "Closed.");
    private readonly UnconnectedCalls _calls;
    private TimeSpan _deadline = TimeSpan.FromMilliseconds(50);
    private TimeSpan _pressure;
    private long _now;
    private ConnectionMultiplexer _client = null!;

    public UnconnectedCallsTests() => _calls = new UnconnectedCalls(() => _pressure);

    public async ValueTask InitializeAsync() => _client = await ConnectionMultiplexer.ConnectAsync("127.0.0.1:1,abortConnect=false,connectTimeout=100");

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    [Theory]
    [InlineData(50, 260)]
    [InlineData(400, 410)]
    public async Task Look_NoConnection_FailsThemAfterAQuarterOfASecondOrTheDeadline(int deadline, int passed)
    {
        _deadline = TimeSpan.FromMilliseconds(deadline);
        var call = Add();

        Assert.Equal(passed, Until());
        Assert.Same(_failure, await Assert.ThrowsAsync<RedisConnectionException>(() => call.Completion));
        Assert.True(_calls.IsEmpty);
    }

    [Fact]
    public void Look_ServerAnsweredAnotherCallMeanwhile_GoesOnWaiting()
    {
        Add();
        Look();
        for (var i = 0; i < 100; i++)
        {
            _calls.Answered();
            Assert.Null(Look());
        }

        Assert.Equal(260, Until());
    }

    [Fact]
    public void Look_SomethingWaitsForAProcessorHalfOfTheTime_TakesTwiceAsLong()
    {
        Add();
        Assert.Equal(510, Until(pressure: 5));
    }

    [Fact]
    public void Look_CallsAfterThoseThatFailedOrWereGivenUp_WaitAsLong()
    {
        Add();
        Assert.Equal(260, Until());
        Add();
        Assert.Equal(270, Until());

        var given = Add();
        Assert.Null(Look());
        Assert.Null(Look());
        _inFlight.Remove(given);
        Assert.Null(Look());
        Assert.True(_calls.IsEmpty);
        Add();
        Assert.Equal(270, Until());
    }

    private int? Until(int pressure = 0)
    {
        for (var passed = 10; passed < 5000; passed += 10)
        {
            if (Look(pressure) is { } goOn)
            {
                goOn();
                return passed;
            }
        }

        return null;
    }

    private Action? Look(int pressure = 0)
    {
        _now += 10;
        _pressure += TimeSpan.FromMilliseconds(pressure);
        return _calls.Look(_now, Interval, Interval, _deadline);
    }

    private Call Add()
    {
        var call = new Call();
        call.Node = _inFlight.AddLast(call);
        _calls.Add(call, _client.GetDatabase(), _failure);
        return call;
    }

    private sealed class Call() : RedisCall<TimeSpan>("any")
    {
        protected override Task<TimeSpan> SendAsync(IDatabase database) => database.PingAsync();
    }
}
