using Eventicat.Gateway.Requests;
using Microsoft.AspNetCore.Authentication;

namespace Eventicat.Gateway.Authentication;

/// <summary>Challenges a request whose route needs a key and which has not presented a usable one.</summary>
internal sealed class RequireKeyMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context) =>
        context.RouteAccess is { Requirement: RouteRequirement.Anonymous } || context.GatewayRequest.Verified is not null
            ? next(context)
            : context.ChallengeAsync();
}
