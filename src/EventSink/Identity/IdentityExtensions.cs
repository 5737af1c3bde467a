namespace Eventicat.EventSink.Identity;

internal sealed class GatewayIdentityRequired;

internal static class IdentityExtensions
{
    public static void UseGatewayIdentity(this IApplicationBuilder app) => app.UseMiddleware<GatewayIdentityMiddleware>();

    public static void RequireGatewayIdentity(this IEndpointConventionBuilder endpoint) =>
        endpoint.WithMetadata(new GatewayIdentityRequired());
}
