using System.Runtime.InteropServices;
using Eventicat.Accounts;

namespace Eventicat.Gateway.Requests;

/// <summary>How much of their limits accounts have used, without using any of it.</summary>
internal interface IAccountWindows
{
    /// <returns><c>null</c>: it cannot be read at present.</returns>
    ValueTask<AccountWindow?> PeekAsync(Account account, CancellationToken cancellationToken);
}

/// <summary>The present window of an account.</summary>
/// <param name="Limit">In force for it: its own, or the default.</param>
/// <param name="Used">Permits that count at present; more than the limit's where that was lowered since.</param>
/// <param name="ResetAt">When one more permit is free than now; now when none is in use.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct AccountWindow(AccountLimit Limit, int Used, DateTimeOffset ResetAt);
