using Eventicat.Hosting.Configuration;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Eventicat.Gateway.Limits;

internal static class LimitsExtensions
{
    /// <summary>RFC 9112 section 2.2 lets a server take a bare LF for a line's end; not all that stand in a row do.</summary>
    private const string RefuseBareLineFeeds = "Microsoft.AspNetCore.Server.Kestrel.DisableHttp1LineFeedTerminators";

    public static IServiceCollection AddLimits(this IServiceCollection services, IConfiguration configuration)
    {
        // Kestrel has no option for it, and reads the switch when its own options are made.
        AppContext.SetSwitch(RefuseBareLineFeeds, true);
        services.AddCheckedOptions<LimitsOptions>(configuration, LimitsOptions.Section);
        services.AddOptions<KestrelServerOptions>().Configure<Microsoft.Extensions.Options.IOptions<LimitsOptions>>(Apply);
        return services;
    }

    public static IApplicationBuilder UseLimits(this IApplicationBuilder app) => app.UseMiddleware<LimitsMiddleware>();

    /// <summary>Behind routing: a route may have a limit of its own.</summary>
    public static IApplicationBuilder UseBodyLimit(this IApplicationBuilder app) => app.UseMiddleware<BodyLimitMiddleware>();

    /// <summary>
    /// Kestrel's own limits on line and headers are twice ours: what it refuses itself has no body, and the API answers
    /// in JSON.
    /// </summary>
    private static void Apply(KestrelServerOptions kestrel, Microsoft.Extensions.Options.IOptions<LimitsOptions> options)
    {
        var limits = options.Value;
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestLineSize = 2 * limits.RequestLineBytes;
        kestrel.Limits.MaxRequestHeadersTotalSize = 2 * limits.HeaderBytes;
        kestrel.Limits.MaxRequestHeaderCount = 2 * limits.HeaderCount;
        kestrel.Limits.MaxRequestBodySize = limits.BodyBytes;
        kestrel.Limits.RequestHeadersTimeout = limits.HeadersTimeout;
        kestrel.Limits.KeepAliveTimeout = limits.KeepAlive;
    }
}
