using Eventicat.Accounts.Storage;
using Eventicat.Gateway.Start;

namespace Eventicat.Gateway.Authentication;

/// <summary>Otherwise the first keys might get 503 from a store that is well.</summary>
internal sealed class AccountsWarmUp(IAccountReader accounts, TimeProvider time) : WarmUp(time)
{
    protected override async Task<bool> TryCallAsync(CancellationToken cancellationToken)
    {
        try
        {
            // Nobody's.
            await accounts.FindByKeyAsync(default, cancellationToken);
            await accounts.FindAsync(default, cancellationToken);
            return true;
        }
        catch (AccountStoreUnavailableException)
        {
            return false;
        }
    }
}
