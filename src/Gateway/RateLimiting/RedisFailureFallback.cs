using Microsoft.Extensions.Options;

namespace Eventicat.Gateway.RateLimiting;

/// <summary>Decides while Redis does not, as <c>RateLimit:OnRedisFailure</c> says.</summary>
internal sealed class RedisFailureFallback(IOptions<RateLimitOptions> options)
{
    private readonly RedisFailurePolicy _policy = options.Value.OnRedisFailure;
    private readonly int _replicas = options.Value.Replicas;

    /// <value>Whether what Redis grants must be counted here too, so that a share taken later starts from the truth.</value>
    public bool NeedsLocalLog => _policy == RedisFailurePolicy.LocalShare;

    public SlidingWindowLease Decide(LocalShare share, PermitRequest request)
    {
        var limit = request.Version.Limit;
        switch (_policy)
        {
            case RedisFailurePolicy.Allow:
                share.Admit(request.Permits, limit);
                return new SlidingWindowLease { Outcome = LeaseOutcome.Acquired, Status = share.LastStatus(limit) };
            case RedisFailurePolicy.Deny:
                return new SlidingWindowLease { Outcome = LeaseOutcome.Unavailable, Status = share.LastStatus(limit) };
            default:
                return share.Acquire(request.Permits, limit, _replicas);
        }
    }
}
