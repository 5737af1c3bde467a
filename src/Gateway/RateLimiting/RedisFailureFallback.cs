using Eventicat.Accounts;
using Microsoft.Extensions.Options;

namespace Eventicat.Gateway.RateLimiting;

/// <summary>Decides while Redis does not, as <c>RateLimit:OnRedisFailure</c> says.</summary>
internal sealed class RedisFailureFallback(IOptions<RateLimitOptions> options)
{
    private static readonly SlidingWindowLease Unavailable = new() { Outcome = LeaseOutcome.Unavailable };
    private static readonly SlidingWindowLease Allowed = new() { Outcome = LeaseOutcome.Acquired };

    private readonly RedisFailurePolicy _policy = options.Value.OnRedisFailure;
    private readonly int _replicas = options.Value.Replicas;

    /// <value>Whether what Redis grants must be counted here too, so that a share taken later starts from the truth.</value>
    public bool NeedsLocalLog => _policy == RedisFailurePolicy.LocalShare;

    public SlidingWindowLease Decide(SlidingWindowLogRateLimiter local, PermitRequest request) => _policy switch
    {
        RedisFailurePolicy.Allow => Allowed,
        RedisFailurePolicy.Deny => Unavailable,
        _ => local.Acquire(request.Permits, ShareOf(request.Limit)),
    };

    private AccountLimit ShareOf(AccountLimit limit) =>
        _replicas == 1 ? limit : limit with { Permits = (limit.Permits + _replicas - 1) / _replicas };
}
