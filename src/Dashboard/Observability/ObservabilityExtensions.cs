namespace Eventicat.Dashboard.Observability;

internal static class ObservabilityExtensions
{
    public static void UseAccessLog(this IApplicationBuilder app) => app.UseMiddleware<AccessLogMiddleware>();
}
