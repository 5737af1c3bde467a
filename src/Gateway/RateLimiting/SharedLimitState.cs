namespace Eventicat.Gateway.RateLimiting;

/// <summary>Whether limits are shared through Redis at present. Said once per change, not once per request.</summary>
internal sealed partial class SharedLimitState(ILogger<SharedLimitState> logger)
{
    private int _isDegraded;

    public void Failed(Exception reason)
    {
        if (Interlocked.Exchange(ref _isDegraded, 1) == 0)
        {
            Log.Degraded(logger, reason.GetType().Name);
        }
    }

    public void Succeeded()
    {
        if (Volatile.Read(ref _isDegraded) != 0 && Interlocked.Exchange(ref _isDegraded, 0) != 0)
        {
            Log.Recovered(logger);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, EventName = "SharedLimitLost",
            Message = "Redis does not decide on rate limits ({Reason}); RateLimit:OnRedisFailure is in force")]
        public static partial void Degraded(ILogger logger, string reason);

        [LoggerMessage(Level = LogLevel.Information, EventName = "SharedLimitBack",
            Message = "Rate limits are shared through Redis again")]
        public static partial void Recovered(ILogger logger);
    }
}
