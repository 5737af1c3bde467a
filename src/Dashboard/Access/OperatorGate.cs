using Eventicat.Control.Operations;
using Eventicat.Control.Users;
using Eventicat.Dashboard.SignIn;

namespace Eventicat.Dashboard.Access;

/// <summary>The only way to what operators alone may do.</summary>
internal sealed class OperatorGate(CurrentUser current)
{
    public async Task<bool> IsOpenAsync(CancellationToken cancellationToken) =>
        await current.FindAsync(cancellationToken) is { Role: UserRole.Operator };

    /// <summary>On whose behalf something is done: asked each time, since a page outlives rights.</summary>
    /// <exception cref="AccessDeniedException">The user is no operator, or not any longer.</exception>
    public async Task<OperationContext> AuthorizeAsync(CancellationToken cancellationToken) =>
        await current.GetAsync(cancellationToken) is { Role: UserRole.Operator } user
            ? new OperationContext(user.ToActor())
            : throw new AccessDeniedException();
}
