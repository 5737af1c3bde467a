using Eventicat.Gateway.Errors;
using Eventicat.Gateway.Requests;
using Microsoft.Extensions.Options;

namespace Eventicat.Gateway.Credentials;

/// <summary>Refuses keys over plain HTTP. Never redirects: a redirect would repeat the key in <c>Location</c>.</summary>
internal sealed class HttpsRequirementMiddleware(RequestDelegate next, IOptions<CredentialsOptions> options)
{
    private readonly bool _required = options.Value.RequireHttps;

    public Task InvokeAsync(HttpContext context) =>
        _required && !context.Request.IsHttps && context.RouteAccess is not { Requirement: RouteRequirement.Anonymous }
            ? context.WriteErrorAsync(GatewayErrors.HttpsRequired)
            : next(context);
}
