using Eventicat.Accounts;
using Eventicat.Control.Operations;
using Eventicat.Control.Users;
using Eventicat.Dashboard.SignIn;

namespace Eventicat.Dashboard.Access;

/// <summary>
/// The only way from a page to an account: opens it for its owners and for operators. Others cannot tell whether the
/// account exists.
/// </summary>
internal sealed class AccountGate(CurrentUser current, AccountOperations accounts, KeyOperations keys, AggregatorOperations aggregators)
{
    public async Task<OpenAccount?> OpenAsync(string? id, CancellationToken cancellationToken) =>
        AccountId.TryParse(id, out var account)
        && await current.FindAsync(cancellationToken) is { } user
        && IsOpenTo(user, account)
        && (await accounts.FindAsync(account, cancellationToken)).Succeeded
            ? new OpenAccount(account, this, accounts, keys, aggregators)
            : null;

    /// <summary>Checks the user's right again before each call, since it may end while a page is open. Says on whose behalf the call is.</summary>
    /// <exception cref="AccessDeniedException">The user has no right to the account, or no longer.</exception>
    public async Task<OperationContext> AuthorizeAsync(AccountId account, CancellationToken cancellationToken)
    {
        var user = await current.GetAsync(cancellationToken);
        return IsOpenTo(user, account) ? new OperationContext(user.ToActor()) : throw new AccessDeniedException();
    }

    private static bool IsOpenTo(User user, AccountId account) => user.Role == UserRole.Operator || user.Account == account;
}
