using Eventicat.Accounts;
using Eventicat.Accounts.Storage.Redis.Endpoints;
using Eventicat.Gateway.Start;

namespace Eventicat.Gateway.RateLimiting;

/// <summary>Otherwise the first requests would wait for the connection and for the compiler.</summary>
internal sealed class SharedLimitWarmUp(RedisSlidingWindowScript script, TimeProvider time) : WarmUp(time)
{
    private static readonly AccountId Probe = AccountId.Parse("warm-up");
    private static readonly AccountLimit AnyLimit = new(1, TimeSpan.FromSeconds(1));

    protected override async Task<bool> TryCallAsync(CancellationToken cancellationToken)
    {
        try
        {
            // Asks for nothing, and so writes nothing.
            await script.RunAsync(Probe, AnyLimit, requested: 0, isPartial: false, epoch: null);
            return true;
        }
        catch (Exception exception) when (RedisVerdict.IsOne(exception))
        {
            return false;
        }
    }
}
