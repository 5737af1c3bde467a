namespace Eventicat.Gateway.Ownership;

internal static class OwnershipExtensions
{
    public static IApplicationBuilder UseOwnership(this IApplicationBuilder app) => app.UseMiddleware<OwnershipMiddleware>();
}
