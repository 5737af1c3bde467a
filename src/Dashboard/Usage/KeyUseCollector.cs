using Eventicat.Accounts;
using Eventicat.Accounts.Storage;
using Eventicat.Control.KeyUse;

namespace Eventicat.Dashboard.Usage;

/// <summary>
/// Asks the gateway once a minute for the last use of keys, and stores it. This is needed where gateways have no Redis and
/// keep it in memory. A use is lost when the gateway stops before it was asked.
/// </summary>
internal sealed class KeyUseCollector(GatewayUsage usage, SqliteKeyUse store, TimeProvider time) : BackgroundService
{
    private const int PageSize = 1000;
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    /// <summary>Each question covers some of the time before the last one, since the gateway may have counted a request late.</summary>
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
                    // The next round asks for the same again. An exception here would end the dashboard.
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping, or the start has failed.
        }
    }

    /// <returns>Whether the gateway has answered to the last page.</returns>
    internal async Task<bool> CollectAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        string? cursor = null;
        do
        {
            if (await usage.ListKeyUseAsync(since.ToUnixTimeSeconds(), cursor, PageSize, cancellationToken) is not { } page)
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
