using Eventicat.Gateway.Errors;
using Eventicat.Gateway.Requests;

namespace Eventicat.Gateway.Ownership;

/// <summary>
/// Lets a request pass whose key has the route's scope and whose <c>_id</c> is an aggregator of the key's account.
/// Marks the request as admitted; what is not marked is not forwarded.
/// </summary>
internal sealed class OwnershipMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        var request = context.GatewayRequest;
        var error = context.RouteAccess switch
        {
            null => GatewayErrors.Internal,
            { Requirement: RouteRequirement.Anonymous } => null,
            var route => CheckScope(request, route) ?? CheckAggregator(request, route),
        };
        if (error is not null)
        {
            return context.WriteErrorAsync(error);
        }

        request.IsAdmitted = true;
        return next(context);
    }

    private static GatewayError? CheckScope(GatewayRequest request, RouteAccess route)
    {
        if (route.Scope == Accounts.Scopes.Read && request.Credential.InUrl)
        {
            return GatewayErrors.UrlKeyOnRead;
        }

        return request.Verified is { } verified && verified.Key.Scopes.HasFlag(route.Scope) ? null : GatewayErrors.MissingScope;
    }

    private static GatewayError? CheckAggregator(GatewayRequest request, RouteAccess route)
    {
        var parameter = request.AggregatorParameter;
        if (parameter.IsAmbiguous)
        {
            return GatewayErrors.AmbiguousAggregator;
        }

        if (route.Requirement == RouteRequirement.Account)
        {
            return null;
        }

        if (request.Verified is null || !request.Verified.Snapshot.TryGetAggregator(parameter.Value, out var aggregator))
        {
            return GatewayErrors.InvalidAggregator;
        }

        request.Aggregator = aggregator;
        return null;
    }
}
