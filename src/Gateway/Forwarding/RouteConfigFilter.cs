using Eventicat.Gateway.Requests;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;

namespace Eventicat.Gateway.Forwarding;

/// <summary>
/// Completes clusters with the gateway's defaults and refuses routes whose demands it does not understand: a scope or
/// policy with a typing error must not leave a route open.
/// </summary>
internal sealed class RouteConfigFilter : IProxyConfigFilter
{
    private static readonly TimeSpan ActivityTimeout = TimeSpan.FromSeconds(10);

    public ValueTask<ClusterConfig> ConfigureClusterAsync(ClusterConfig cluster, CancellationToken cancel)
    {
        var request = cluster.HttpRequest ?? ForwarderRequestConfig.Empty;
        return new(cluster with
        {
            HttpRequest = request with
            {
                ActivityTimeout = request.ActivityTimeout ?? ActivityTimeout,
                Version = request.Version ?? System.Net.HttpVersion.Version11,
                VersionPolicy = request.VersionPolicy ?? HttpVersionPolicy.RequestVersionOrLower,
            },
        });
    }

    public ValueTask<RouteConfig> ConfigureRouteAsync(RouteConfig route, ClusterConfig? cluster, CancellationToken cancel)
    {
        _ = ReadAccess(route);
        return new(route);
    }

    /// <exception cref="FormatException">The route asks for something that does not exist.</exception>
    public static RouteAccess ReadAccess(RouteConfig route)
    {
        if (FindErrors(route).ToList() is { Count: > 0 } errors)
        {
            throw new FormatException(string.Join(' ', errors));
        }

        return new(
            route.RouteId,
            ReadRequirement(route)!.Value,
            ReadScope(route)!.Value,
            ReadFlag(route, ForwardingConstants.AllowMethodOverrideMetadata)!.Value,
            ReadFlag(route, ForwardingConstants.AllowUpgradeMetadata)!.Value,
            route.MaxRequestBodySize is -1 ? long.MaxValue : route.MaxRequestBodySize);
    }

    public static IEnumerable<string> FindErrors(RouteConfig route)
    {
        var path = $"{ForwardingConstants.Section}:Routes:{route.RouteId}";
        if (ReadRequirement(route) is null)
        {
            yield return $"{path}:AuthorizationPolicy: '{route.AuthorizationPolicy}' is not one of Default, Account, Anonymous.";
        }

        if (ReadScope(route) is null)
        {
            yield return $"{path}:Metadata:Scope: '{Scope(route)}' is not one of ingest, read.";
        }

        foreach (var name in new[] { ForwardingConstants.AllowMethodOverrideMetadata, ForwardingConstants.AllowUpgradeMetadata })
        {
            if (ReadFlag(route, name) is null)
            {
                yield return $"{path}:Metadata:{name}: '{route.Metadata?.GetValueOrDefault(name)}' is not true or false.";
            }
        }
    }

    private static RouteRequirement? ReadRequirement(RouteConfig route) => route.AuthorizationPolicy?.ToUpperInvariant() switch
    {
        null or "" or "DEFAULT" => RouteRequirement.Aggregator,
        "ACCOUNT" => RouteRequirement.Account,
        "ANONYMOUS" => RouteRequirement.Anonymous,
        _ => null,
    };

    private static Accounts.Scopes? ReadScope(RouteConfig route) => Scope(route)?.ToUpperInvariant() switch
    {
        null or "" or "INGEST" => Accounts.Scopes.Ingest,
        "READ" => Accounts.Scopes.Read,
        _ => null,
    };

    private static bool? ReadFlag(RouteConfig route, string name) => route.Metadata?.GetValueOrDefault(name)?.ToUpperInvariant() switch
    {
        null or "" or "FALSE" => false,
        "TRUE" => true,
        _ => null,
    };

    private static string? Scope(RouteConfig route) => route.Metadata?.GetValueOrDefault(ForwardingConstants.ScopeMetadata);
}
