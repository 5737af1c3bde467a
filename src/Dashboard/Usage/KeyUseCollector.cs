using Eventicat.Accounts;
using Eventicat.Accounts.Storage;
using Eventicat.Control.KeyUse;

namespace Eventicat.Dashboard.Usage;

/// <summary>
/// Where gateways have no Redis they keep last uses in memory; this asks for them once a minute and keeps them. What is
/// shown as "last used" is a day, so that nothing is lost but by a gateway that ends within a minute of a key's use.
/// </summary>
internal sealed class KeyUseCollector(GatewayUsage usage, SqliteKeyUse store, TimeProvider time) : BackgroundService
{
    private const int PageSize = 1000;
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    /// <summary>What a gateway has counted by then it may not have told before.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        var since = DateTimeOffset.UnixEpoch;
        try
        {
            do
            {
                var startedAt = time.GetUtcNow();
                try
                {
                    since = await CollectAsync(since, stoppingToken) ? startedAt - Overlap : since;
                }
                catch (AccountStoreUnavailableException)
                {
                    // What could not be kept is asked for again; a service that throws would end the dashboard.
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping, or the start has failed.
        }
    }

    /// <returns>Whether the gateway has told everything.</returns>
    internal async Task<bool> CollectAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        string? cursor = null;
        do
        {
            if (await usage.ListUsedKeysAsync(since.ToUnixTimeSeconds(), cursor, PageSize, cancellationToken) is not { } page)
            {
                return false;
            }

            store.Record(page.Keys.Select(key => new KeyUsed(
                AccountId.Parse(key.Account), KeyId.Parse(key.Key), DateTimeOffset.FromUnixTimeSeconds(key.Used))));
            cursor = page.Next;
        }
        while (cursor is not null);
        return true;
    }
}
