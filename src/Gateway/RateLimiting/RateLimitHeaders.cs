using System.Globalization;
using System.Text;
using Eventicat.Gateway.Requests;

namespace Eventicat.Gateway.RateLimiting;

/// <summary>
/// How the limit is told to clients: the API's own <c>X-RateLimit-*</c>, the fields of
/// draft-ietf-httpapi-ratelimit-headers, and the body of a 429.
/// </summary>
internal static class RateLimitHeaders
{
    public static void Write(IHeaderDictionary headers, RateLimitStatus status)
    {
        var culture = CultureInfo.InvariantCulture;
        var remaining = status.Remaining.ToString(culture);
        headers["X-RateLimit-Limit"] = status.Limit.ToString(culture);
        headers["X-RateLimit-Remaining"] = remaining;
        headers["X-RateLimit-Reset"] = status.ResetUnixSeconds.ToString(culture);
        headers["RateLimit-Policy"] = string.Create(culture, $"\"account\";q={status.Limit};w={Seconds(status.Window)}");
        headers["RateLimit"] = string.Create(culture, $"\"account\";r={remaining};t={Seconds(status.RetryAfter)}");
    }

    public static ReadOnlyMemory<byte> WriteBody(RateLimitStatus status) => Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"error":"Rate limit exceeded","limit":{{status.Limit}},"remaining":{{status.Remaining}},"resetTime":{{status.ResetUnixSeconds}}}"""));

    /// <summary>Whole seconds, rounded up.</summary>
    private static long Seconds(TimeSpan duration) => (duration.Ticks + TimeSpan.TicksPerSecond - 1) / TimeSpan.TicksPerSecond;
}
