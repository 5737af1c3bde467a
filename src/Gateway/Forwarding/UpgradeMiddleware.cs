using Eventicat.Accounts.Caching;
using Eventicat.Accounts.Storage;
using Eventicat.Gateway.Errors;
using Eventicat.Gateway.Requests;
using Microsoft.AspNetCore.Http.Features;

namespace Eventicat.Gateway.Forwarding;

/// <summary>
/// A connection that became a WebSocket is one request to the limit and is never asked for its key again. Routes have to
/// allow it, and it ends when its account changes.
/// </summary>
internal sealed class UpgradeMiddleware(RequestDelegate next, AccountDirectory directory, TimeProvider time)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (!IsAskedFor(context))
        {
            return next(context);
        }

        return context.RouteAccess is { AllowsUpgrade: true } ? WatchAsync(context) : context.WriteErrorAsync(GatewayErrors.UpgradeNotAllowed);
    }

    /// <summary>
    /// RFC 9110 section 7.8 lets a server ignore an upgrade. Only HTTP/2 in clear text is ignored, which many clients
    /// offer with their first request and do without.
    /// </summary>
    public static bool IsAskedFor(HttpContext context)
    {
        if (context.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true })
        {
            return true;
        }

        foreach (var protocol in context.Request.Headers.Upgrade)
        {
            if (!string.Equals(protocol?.Trim(), "h2c", StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private async Task WatchAsync(HttpContext context)
    {
        using var over = new CancellationTokenSource();
        var watching = EndWithAccountAsync(context, over.Token);
        try
        {
            await next(context);
        }
        finally
        {
            await over.CancelAsync();
            await watching;
        }
    }

    private async Task EndWithAccountAsync(HttpContext context, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(AccountDirectory.Freshness, time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                if (context.GatewayRequest.Verified is { } verified && !await IsCurrentAsync(verified, cancellationToken))
                {
                    context.Abort();
                    return;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The request is over.
        }
    }

    private async ValueTask<bool> IsCurrentAsync(VerifiedKey verified, CancellationToken cancellationToken)
    {
        try
        {
            return verified.Key.IsUsableAt(time.GetUtcNow()) && await directory.IsCurrentAsync(verified, cancellationToken);
        }
        catch (AccountStoreUnavailableException)
        {
            return false;
        }
    }
}
