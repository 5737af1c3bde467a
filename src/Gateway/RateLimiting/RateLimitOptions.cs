using System.ComponentModel.DataAnnotations;
using Eventicat.Accounts;
using Eventicat.Hosting.Configuration;

namespace Eventicat.Gateway.RateLimiting;

/// <summary>Section <c>RateLimit</c>.</summary>
internal sealed class RateLimitOptions
{
    public const string Section = "RateLimit";

    /// <value>Permits per window of an account without a limit of its own, 1 to 1,000,000. Default 1000.</value>
    [Range(1, AccountLimit.MaxPermits, ErrorMessage = "is not within 1 and 1000000")]
    public int Permits { get; set; } = 1000;

    /// <value>The window of an account without a limit of its own, up to 31 days. Default one minute.</value>
    [Duration("00:00:00.001", "31.00:00:00")]
    public TimeSpan Window { get; set; } = TimeSpan.FromMinutes(1);

    /// <value>What happens while Redis does not decide. Default <see cref="RedisFailurePolicy.LocalShare"/>.</value>
    public RedisFailurePolicy OnRedisFailure { get; set; } = RedisFailurePolicy.LocalShare;

    /// <value>How long the connection to Redis may be silent after a call was sent, 1 ms to 10 s. Default 50 ms.</value>
    [Duration("00:00:00.001", "00:00:10")]
    public TimeSpan Deadline { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <value>How many gateways share the limits: each one's share while Redis is away is one in so many. Default 1.</value>
    [Range(1, 10_000, ErrorMessage = "is not within 1 and 10000")]
    public int Replicas { get; set; } = 1;
}
