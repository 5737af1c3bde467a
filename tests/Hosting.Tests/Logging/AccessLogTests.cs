using Eventicat.Hosting.Logging;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace Eventicat.Hosting.Tests.Logging;

public sealed class AccessLogTests
{
    private readonly FakeTimeProvider _time = new();

    [Theory]
    [InlineData("GET", "GET")]
    [InlineData("get", "GET")]
    [InlineData("PATCH", "PATCH")]
    [InlineData("what-a-client-likes", "OTHER")]
    public async Task Request_Over_HasOneLineWithAKnownMethod(string method, string expected)
    {
        var log = Create(_ =>
        {
            _time.Advance(TimeSpan.FromMilliseconds(12.3456));
            return Task.CompletedTask;
        });

        await log.InvokeAsync(new DefaultHttpContext { Request = { Method = method } });

        Assert.Equal([(expected, 12.35)], log.Lines);
    }

    [Fact]
    public async Task Request_ThatFails_HasItsLine()
    {
        var log = Create(static _ => throw new InvalidOperationException());

        await Assert.ThrowsAsync<InvalidOperationException>(() => log.InvokeAsync(new DefaultHttpContext { Request = { Method = "GET" } }));

        Assert.Single(log.Lines);
    }

    [Fact]
    public async Task Request_NotWorthALine_HasNone()
    {
        var log = Create(static _ => Task.CompletedTask);

        await log.InvokeAsync(new DefaultHttpContext { Request = { Path = "/probe" } });

        Assert.Empty(log.Lines);
    }

    private Lined Create(RequestDelegate next) => new(next, _time);

    private sealed class Lined(RequestDelegate next, TimeProvider time) : AccessLog(next, time)
    {
        public List<(string Method, double Milliseconds)> Lines { get; } = [];

        protected override bool HasLine(HttpContext context) => context.Request.Path != "/probe";

        protected override void Write(HttpContext context, double milliseconds) => Lines.Add((MethodOf(context), milliseconds));
    }
}
