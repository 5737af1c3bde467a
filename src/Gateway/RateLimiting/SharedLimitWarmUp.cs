using Eventicat.Gateway.Start;
using Eventicat.Redis;

namespace Eventicat.Gateway.RateLimiting;

/// <summary>Otherwise the first requests would wait for the connection and for the compiler.</summary>
internal sealed class SharedLimitWarmUp(RedisSlidingWindowScript script, TimeProvider time) : WarmUp(time)
{
    protected override async Task<bool> TryCallAsync(CancellationToken cancellationToken)
    {
        try
        {
            await script.TryOutAsync();
            return true;
        }
        catch (Exception exception) when (RedisFailure.IsOne(exception))
        {
            return false;
        }
    }
}
