using Xunit.Sdk;

namespace Eventicat.TestSupport.Redis;

/// <summary>
/// Which server a test gets: <c>redis-server</c> from the PATH, else a container, else Garnet. The program comes before
/// the container because it starts in milliseconds and needs no image. <c>EVENTICAT_TEST_REDIS_HOST</c>
/// (<c>process</c>, <c>container</c>, <c>garnet</c>) names one of them instead.
/// </summary>
internal static class RedisChoice
{
    private static bool RealOneRequired => Environment.GetEnvironmentVariable("REQUIRE_REAL_REDIS") == "1";

    public static async Task<IRedisHost?> TryStartHostAsync(CancellationToken cancellationToken)
    {
        var named = Environment.GetEnvironmentVariable("EVENTICAT_TEST_REDIS_HOST");
        return (named is null or "process" ? await ProcessRedisHost.TryStartRedisAsync(cancellationToken) : null)
            ?? (named is null or "container" ? await ContainerRedisHost.TryStartAsync(cancellationToken) : null)
            ?? (named is null or "garnet" && !RealOneRequired ? await GarnetTool.TryStartAsync(cancellationToken) : null);
    }

    public static Exception Absent()
    {
        const string Reason = "No Redis: neither redis-server on the PATH, nor a working Docker engine, nor the garnet-server tool.";
        return RealOneRequired ? FailException.ForFailure(Reason) : SkipException.ForSkip(Reason);
    }
}
