namespace Eventicat.Gateway.Requests;

internal enum RouteRequirement
{
    /// <summary>A key, and in <c>_id</c> an aggregator of the key's account.</summary>
    Aggregator,

    /// <summary>A key.</summary>
    Account,

    /// <summary>Nothing.</summary>
    Anonymous,
}
