using Microsoft.AspNetCore.Authorization;
using Yarp.ReverseProxy.Model;

namespace Eventicat.Gateway.Forwarding;

/// <summary>
/// Gives each route's endpoint what the rooms before forwarding need, so that they need not know YARP, and takes away
/// the authorization metadata that those rooms answer for.
/// </summary>
internal static class RouteAccessConvention
{
    public static void Apply(EndpointBuilder endpoint)
    {
        if (endpoint.Metadata.OfType<RouteModel>().FirstOrDefault() is not { } route)
        {
            return;
        }

        for (var i = endpoint.Metadata.Count - 1; i >= 0; i--)
        {
            if (endpoint.Metadata[i] is IAuthorizeData or IAllowAnonymous)
            {
                endpoint.Metadata.RemoveAt(i);
            }
        }

        endpoint.Metadata.Add(RouteConfigFilter.ReadAccess(route.Config));
    }
}
