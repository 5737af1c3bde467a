using System.Threading.RateLimiting;

namespace Eventicat.Gateway.RateLimiting;

/// <summary>Metadata of the leases, named as in the package RedisRateLimiting, so that its users find what they know.</summary>
internal static class RateLimitMetadataName
{
    /// <summary>Whole seconds to wait, at least 1; only on refused leases.</summary>
    public static readonly MetadataName<int> RetryAfter = MetadataName.Create<int>("RATELIMIT_RETRYAFTER");

    /// <summary>Permits per window.</summary>
    public static readonly MetadataName<string> Limit = MetadataName.Create<string>("RATELIMIT_LIMIT");

    /// <summary>Permits left.</summary>
    public static readonly MetadataName<long> Remaining = MetadataName.Create<long>("RATELIMIT_REMAINING");

    /// <summary>Unix time in seconds, rounded up, at which one more permit is free than now.</summary>
    public static readonly MetadataName<long> Reset = MetadataName.Create<long>("RATELIMIT_RESET");
}
