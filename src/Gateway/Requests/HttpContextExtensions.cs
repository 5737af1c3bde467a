namespace Eventicat.Gateway.Requests;

internal static class HttpContextExtensions
{
    extension(HttpContext context)
    {
        /// <exception cref="InvalidOperationException">The request did not come through the credential decorator.</exception>
        public GatewayRequest GatewayRequest =>
            context.Features.Get<GatewayRequest>()
            ?? throw new InvalidOperationException("The request has not passed the credential decorator.");

        /// <value>What the selected route asks for; <c>null</c> when no route was selected.</value>
        public RouteAccess? RouteAccess => context.GetEndpoint()?.Metadata.GetMetadata<RouteAccess>();
    }
}
