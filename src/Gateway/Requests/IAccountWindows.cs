using Eventicat.Accounts;

namespace Eventicat.Gateway.Requests;

/// <summary>How much of their limits accounts have used, without using any of it.</summary>
internal interface IAccountWindows
{
    /// <returns><c>null</c>: it cannot be read at present.</returns>
    ValueTask<AccountWindow?> PeekAsync(Account account, CancellationToken cancellationToken);
}
