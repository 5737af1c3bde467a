using System.Threading.RateLimiting;
using Eventicat.Hosting.TrustedProxies;
using Microsoft.AspNetCore.RateLimiting;

namespace Eventicat.Dashboard.SignIn;

/// <summary>Limits how often one address may try: hashing a password takes processor time, also for wrong ones.</summary>
internal static class SignInLimits
{
    private const int Attempts = 20;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    public static void Apply(RateLimiterOptions options)
    {
        options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, ClientNetwork>(context =>
            HttpMethods.IsPost(context.Request.Method) && IsLimited(context.Request.Path)
                ? RateLimitPartition.GetSlidingWindowLimiter(ClientNetwork.Of(context.Connection.RemoteIpAddress), _ => new SlidingWindowRateLimiterOptions
                {
                    PermitLimit = Attempts,
                    Window = Window,
                    SegmentsPerWindow = 10,
                    QueueLimit = 0,
                })
                : RateLimitPartition.GetNoLimiter(default(ClientNetwork)));
        options.OnRejected = static (context, cancellationToken) =>
        {
            context.HttpContext.Response.Headers.RetryAfter = "60";
            return new ValueTask(context.HttpContext.Response.WriteAsync("Too many attempts from your address. Wait a few minutes.", cancellationToken));
        };
    }

    private static bool IsLimited(PathString path) =>
        path.StartsWithSegments(SignInPaths.SignIn, StringComparison.OrdinalIgnoreCase)
        || path.StartsWithSegments(SignInPaths.Welcome, StringComparison.OrdinalIgnoreCase);
}
