using Eventicat.Control.Operations;
using Eventicat.Control.Users;
using Eventicat.Dashboard.SignIn;

namespace Eventicat.Dashboard.Access;

/// <summary>The only way from a page to what only operators may do.</summary>
internal sealed class OperatorGate(CurrentUser current)
{
    public async Task<bool> IsOpenAsync(CancellationToken cancellationToken) =>
        await current.FindAsync(cancellationToken) is { Role: UserRole.Operator };

    /// <summary>Checks the user's role again before each call, since it may change while a page is open. Says on whose behalf the call is.</summary>
    /// <exception cref="AccessDeniedException">The user is no operator, or no longer.</exception>
    public async Task<OperationContext> AuthorizeAsync(CancellationToken cancellationToken) =>
        await current.GetAsync(cancellationToken) is { Role: UserRole.Operator } user
            ? new OperationContext(user.ToActor())
            : throw new AccessDeniedException();
}
