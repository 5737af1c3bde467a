using System.Collections.Concurrent;
using Eventicat.Accounts.Caching;
using Eventicat.Accounts.Storage;
using Eventicat.Gateway.Requests;

namespace Eventicat.Gateway.Forwarding;

/// <summary>
/// What is being forwarded for accounts, looked at ten times a second. A WebSocket, a stream of events or a long upload goes
/// on for as long as both ends like: it ends here once its key would not be let in any more.
/// </summary>
internal sealed class ForwardedRequests(AccountDirectory directory, IUrlKeyRules urlKeys, TimeProvider time) : BackgroundService
{
    /// <summary>
    /// Beside what a change takes to be read and how long an account is taken for fresh, little of the second is left.
    /// </summary>
    private static readonly TimeSpan Interval = AccountDirectory.Freshness / 5;

    private readonly ConcurrentDictionary<ForwardedRequest, bool> _requests = new();

    public ForwardedRequest Add(HttpContext context, VerifiedKey verified)
    {
        var request = new ForwardedRequest(context, verified, urlKeys, time.GetTimestamp());
        _requests.TryAdd(request, true);
        return request;
    }

    public void Remove(ForwardedRequest request)
    {
        request.IsOver();
        _requests.TryRemove(request, out _);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                // What is younger was found to be current since the last look. Not Keys, which locks requests out.
                var old = _requests.Select(static one => one.Key).Where(request => time.GetElapsedTime(request.StartedAt) >= AccountDirectory.Freshness);
                // An account whose store is slow does not keep the others waiting.
                await Task.WhenAll(old.GroupBy(request => request.Verified.Account).Select(requests => CheckAsync(requests, stoppingToken)));
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping.
        }
    }

    private async Task CheckAsync(IEnumerable<ForwardedRequest> requests, CancellationToken cancellationToken)
    {
        foreach (var request in requests)
        {
            if (!await MayGoOnAsync(request, cancellationToken))
            {
                request.Abort();
            }
        }
    }

    private async ValueTask<bool> MayGoOnAsync(ForwardedRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var verified = request.Verified;
            if (await directory.IsCurrentAsync(verified, cancellationToken))
            {
                return verified.Key.IsUsableAt(time.GetUtcNow());
            }

            return !request.IsTunnel
                && await directory.VerifyAsync(verified.Key.Digest, cancellationToken) is { } again
                && request.TryTakeOver(again);
        }
        catch (AccountStoreUnavailableException)
        {
            return false;
        }
    }
}
