using Eventicat.Accounts;

namespace Eventicat.Gateway.Requests;

/// <summary>Metadata of every route: what a request must show to be forwarded.</summary>
/// <param name="RouteId">The route's name in the configuration.</param>
/// <param name="Requirement">By default a key and an owned aggregator; nothing defaults to open.</param>
/// <param name="Scope">The scope that the key must have.</param>
/// <param name="AllowsMethodOverride">Whether headers that name another method or address go on to the backend.</param>
/// <param name="AllowsUpgrade">Whether a connection may become a WebSocket, whose messages nobody counts.</param>
/// <param name="MaxBodyBytes">The route's own limit on bodies; <see cref="long.MaxValue"/>: none; <c>null</c>: that of all routes.</param>
internal sealed record RouteAccess(
    string RouteId, RouteRequirement Requirement, Scopes Scope, bool AllowsMethodOverride = false, bool AllowsUpgrade = false, long? MaxBodyBytes = null);

internal enum RouteRequirement
{
    /// <summary>A key, and in <c>_id</c> an aggregator of the key's account.</summary>
    Aggregator,

    /// <summary>A key.</summary>
    Account,

    /// <summary>Nothing.</summary>
    Anonymous,
}
