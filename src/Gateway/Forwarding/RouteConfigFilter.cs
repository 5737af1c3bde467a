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
    public static RouteAccess ReadAccess(RouteConfig route) => new(
        route.RouteId,
        ReadRequirement(route) ?? throw new FormatException(FindError(route)),
        ReadScope(route) ?? throw new FormatException(FindError(route)),
        ReadFlag(route, ForwardingConstants.AllowMethodOverrideMetadata) ?? throw new FormatException(FindError(route)),
        ReadFlag(route, ForwardingConstants.AllowUpgradeMetadata) ?? throw new FormatException(FindError(route)));

    public static string? FindError(RouteConfig route) =>
        ReadRequirement(route) is null
            ? $"ReverseProxy:Routes:{route.RouteId}:AuthorizationPolicy: '{route.AuthorizationPolicy}' is not one of Default, Account, Anonymous."
        : ReadScope(route) is null
            ? $"ReverseProxy:Routes:{route.RouteId}:Metadata:Scope: '{Scope(route)}' is not one of ingest, read."
        : FindFlagError(route, ForwardingConstants.AllowMethodOverrideMetadata)
            ?? FindFlagError(route, ForwardingConstants.AllowUpgradeMetadata);

    private static string? FindFlagError(RouteConfig route, string name) => ReadFlag(route, name) is null
        ? $"ReverseProxy:Routes:{route.RouteId}:Metadata:{name}: '{route.Metadata?.GetValueOrDefault(name)}' is not true or false."
        : null;

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
