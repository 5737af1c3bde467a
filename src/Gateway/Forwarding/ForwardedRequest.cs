using Eventicat.Accounts;
using Eventicat.Accounts.Caching;
using Eventicat.Gateway.Requests;

namespace Eventicat.Gateway.Forwarding;

/// <summary>One request while it is forwarded. Its context serves other requests afterwards, and must not be aborted then.</summary>
internal sealed class ForwardedRequest(HttpContext context, VerifiedKey verified, IUrlKeyRules urlKeys, long startedAt)
{
    private readonly Lock _gate = new();
    private readonly Scopes _scope = context.RouteAccess?.Scope ?? Scopes.None;
    private readonly Credential _credential = context.GatewayRequest.Credential;
    private readonly AggregatorId? _aggregator = context.GatewayRequest.Aggregator;
    private HttpContext? _context = context;

    /// <value>A <see cref="TimeProvider"/> timestamp.</value>
    public long StartedAt => startedAt;

    /// <value>Whether it is to become another protocol: that ends with any change of its account.</value>
    public bool IsTunnel { get; } = UpgradeMiddleware.IsAskedFor(context);

    public VerifiedKey Verified { get; private set; } = verified;

    /// <summary>The account has changed, and the key works on, be it for another account.</summary>
    /// <returns>Whether this request would be admitted with it still, as what the backend was told.</returns>
    public bool TryTakeOver(VerifiedKey again)
    {
        if (again.Snapshot.Account.Id != Verified.Snapshot.Account.Id || urlKeys.Refuses(_credential, again))
        {
            return false;
        }

        Verified = again;
        return again.Key.Scopes.HasFlag(_scope)
            && (_aggregator is not { } aggregator || again.Snapshot.TryGetAggregator(aggregator.ToString(), out _));
    }

    public void IsOver()
    {
        lock (_gate)
        {
            _context = null;
        }
    }

    public void Abort()
    {
        lock (_gate)
        {
            _context?.Abort();
        }
    }
}
