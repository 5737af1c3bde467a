using Eventicat.Accounts;
using Eventicat.Accounts.Storage;

namespace Eventicat.Gateway.Authentication;

/// <summary>
/// Asks the store before the first request does. Otherwise the first keys would wait for the connection and the
/// compiler within their deadline, and some get 503 from a store that is well.
/// </summary>
internal sealed class AccountsWarmUp(IAccountReader accounts, TimeProvider time) : IHostedLifecycleService
{
    /// <summary>A gateway must also start while its store is away.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private const int Calls = 20;

    /// <summary>Neither need exist.</summary>
    private static readonly AccountId AnyAccount = AccountId.Parse("warm-up");

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        var startedAt = time.GetTimestamp();
        for (var answered = 0; answered < Calls && time.GetElapsedTime(startedAt) < Patience;)
        {
            try
            {
                await accounts.FindByKeyAsync(default, cancellationToken);
                await accounts.FindAsync(AnyAccount, cancellationToken);
                answered++;
            }
            catch (AccountStoreUnavailableException)
            {
                await Task.Delay(Pause, time, cancellationToken);
            }
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
