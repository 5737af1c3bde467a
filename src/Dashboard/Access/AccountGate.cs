using Eventicat.Accounts;
using Eventicat.Control.Operations;
using Eventicat.Control.Users;

namespace Eventicat.Dashboard.Access;

/// <summary>
/// The only way to an account: opens it for its owners and for operators. To everybody else it does not exist, whether
/// or not it does.
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

    /// <summary>On whose behalf something is done to the account: asked each time, since a page outlives rights.</summary>
    /// <exception cref="AccessDeniedException">The user may not, or not any longer.</exception>
    public async Task<OperationContext> AuthorizeAsync(AccountId account, CancellationToken cancellationToken)
    {
        var user = await current.GetAsync(cancellationToken);
        return IsOpenTo(user, account) ? new OperationContext(SignIn.UserActor.ToActor(user)) : throw new AccessDeniedException();
    }

    private static bool IsOpenTo(User user, AccountId account) => user.Role == UserRole.Operator || user.Account == account;
}
