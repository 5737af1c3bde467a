using Eventicat.Hosting.Configuration;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Extensions.Options;

namespace Eventicat.Gateway.Cors;

internal static class CorsExtensions
{
    private static readonly string[] ExposedHeaders =
    [
        "X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset",
        "RateLimit", "RateLimit-Policy", "Retry-After", "X-Request-Id", "Deprecation", "Link",
    ];

    public static IServiceCollection AddBrowserAccess(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddCheckedOptions<BrowserAccessOptions>(configuration, BrowserAccessOptions.Section);
        services.AddSingleton<IValidateOptions<BrowserAccessOptions>, BrowserAccessOptionsValidator>();
        services.AddCors();
        services.AddOptions<CorsOptions>().Configure<IOptions<BrowserAccessOptions>>(
            static (cors, settings) => cors.AddDefaultPolicy(policy => Build(policy, settings.Value)));
        return services;
    }

    public static IApplicationBuilder UseBrowserAccess(this IApplicationBuilder app) =>
        app.UseMiddleware<PreflightMiddleware>().UseCors();

    private static void Build(CorsPolicyBuilder policy, BrowserAccessOptions settings)
    {
        policy.AllowAnyHeader().AllowAnyMethod().WithExposedHeaders(ExposedHeaders).SetPreflightMaxAge(TimeSpan.FromMinutes(10));
        _ = settings.AllowedOrigins.Length == 0 || settings.AllowedOrigins.Contains("*", StringComparer.Ordinal)
            ? policy.AllowAnyOrigin()
            : policy.WithOrigins(settings.AllowedOrigins);
    }
}
