namespace Eventicat.Gateway.Observability;

internal static class ObservabilityExtensions
{
    public static IApplicationBuilder UseAccessLog(this IApplicationBuilder app) => app.UseMiddleware<AccessLogMiddleware>();
}
