using Eventicat.Control.Users;
using Eventicat.Dashboard.SignIn;
using Microsoft.AspNetCore.Components.Authorization;

namespace Eventicat.Dashboard.Access;

/// <summary>The user of a page, as stored now: a page may be open for days.</summary>
internal sealed class CurrentUser(AuthenticationStateProvider state)
{
    public async Task<User?> FindAsync(CancellationToken cancellationToken) =>
        state is UserStateProvider users ? await users.FindCurrentAsync(cancellationToken) : null;

    /// <exception cref="AccessDeniedException">Nobody is signed in, or not any longer.</exception>
    public async Task<User> GetAsync(CancellationToken cancellationToken) =>
        await FindAsync(cancellationToken) ?? throw new AccessDeniedException();
}
