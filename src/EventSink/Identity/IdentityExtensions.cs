namespace Eventicat.EventSink.Identity;

internal static class IdentityExtensions
{
    /// <summary>Refuses requests to marked endpoints that do not come from the gateway.</summary>
    public static void UseGatewayIdentity(this IApplicationBuilder app) => app.UseMiddleware<GatewayIdentityMiddleware>();

    /// <summary>
    /// Marks an endpoint. One that forgets the mark fails closed: it finds no <see cref="GatewayIdentity"/> among the features.
    /// </summary>
    public static void RequireGatewayIdentity(this IEndpointConventionBuilder endpoint) =>
        endpoint.WithMetadata(new GatewayIdentityRequired());
}
