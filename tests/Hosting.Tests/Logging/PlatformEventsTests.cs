using System.IO.Pipelines;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Eventicat.Hosting.Tests.Logging;

/// <summary>What server and host say is kept; what of it a client has said is not.</summary>
public sealed class PlatformEventsTests
{
    private const string Canary = "what-a-client-sent";

    [Theory]
    [InlineData("Microsoft.AspNetCore.Server.Kestrel", LogLevel.Critical, "Warning")]
    [InlineData("Microsoft.AspNetCore.Server.Kestrel.Http3", LogLevel.Error, "Warning")]
    [InlineData("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Error, "Error")]
    [InlineData("Yarp.ReverseProxy.Forwarder.HttpForwarder", LogLevel.Error, "Error")]
    public async Task Platform_EventOfARequest_HasNoDataAndNoException(string source, LogLevel level, string expected)
    {
        var line = await LogAsync(source, level, "Connection id {ConnectionId} failed on {Data}");

        Assert.Contains("Connection id {ConnectionId} failed on {Data}", line, StringComparison.Ordinal);
        Assert.Contains("\"ConnectionId\":\"0HN\"", line, StringComparison.Ordinal);
        Assert.Contains($"\"@l\":\"{expected}\"", line, StringComparison.Ordinal);
        Assert.Contains("System.FormatException at Eventicat.Hosting.Tests.Logging.PlatformEventsTests.Fail", line, StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Microsoft.AspNetCore.Server.Kestrel", "Unable to start Kestrel on {Data}")]
    [InlineData("Microsoft.Hosting.Lifetime", "Now listening on: {Data}")]
    [InlineData("Eventicat.Gateway.Anything", "Said {Data}")]
    public async Task Event_AboutThisInstallation_StaysAsItIs(string source, string message)
    {
        var line = await LogAsync(source, LogLevel.Critical, message);

        Assert.Contains("\"@l\":\"Fatal\"", line, StringComparison.Ordinal);
        Assert.Contains(Canary, line, StringComparison.Ordinal);
    }

    /// <summary>Kestrel reads the rest of such a body twice at once, now and then.</summary>
    [Fact]
    public async Task Kestrel_StumblesOverAClientThatLeft_SaysNothing()
    {
        await using var service = await ServiceHost.StartAsync();
        var logger = service.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Microsoft.AspNetCore.Server.Kestrel");
        var pipe = new Pipe();
        await pipe.Reader.CompleteAsync();
        var race = await Assert.ThrowsAsync<InvalidOperationException>(async () => await pipe.Reader.ReadAsync(TestContext.Current.CancellationToken));

#pragma warning disable CA1848, CA1873 // As Kestrel says it.
        logger.LogCritical(race, "Connection processing ended abnormally.");
        logger.LogCritical(new InvalidOperationException(Canary), "Connection processing ended abnormally.");
#pragma warning restore CA1848, CA1873

        await service.StopAsync();
        Assert.Single(service.Log.Rendered, line => line.Contains("abnormally", StringComparison.Ordinal));
    }

    private static async Task<string> LogAsync(string source, LogLevel level, string message)
    {
        await using var service = await ServiceHost.StartAsync(("Serilog:MinimumLevel:Override:Yarp.ReverseProxy.Forwarder", "Error"));
        var logger = service.Services.GetRequiredService<ILoggerFactory>().CreateLogger(source);
        object[] data = message.Contains("ConnectionId", StringComparison.Ordinal) ? ["0HN", Canary] : [Canary];
        try
        {
            Fail();
        }
        catch (FormatException exception)
        {
#pragma warning disable CA2254, CA1848 // The test's point is that messages differ.
            logger.Log(level, exception, message, data);
#pragma warning restore CA2254, CA1848
        }

        await service.StopAsync();
        return service.Log.ToString().Split('\n').First(line => line.Contains(message, StringComparison.Ordinal) && line.Contains("@mt", StringComparison.Ordinal));
    }

    private static void Fail() => throw new FormatException(Canary);
}
