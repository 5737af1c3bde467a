using Eventicat.Control.Users;
using Eventicat.Dashboard.SignIn;
using Microsoft.AspNetCore.Components.Authorization;

namespace Eventicat.Dashboard.Access;

/// <summary>The user of a page. It is read from the store each time, since a page may be open for days.</summary>
internal sealed class CurrentUser(AuthenticationStateProvider state)
{
    public async Task<User?> FindAsync(CancellationToken cancellationToken) =>
        state is UserStateProvider users ? await users.FindCurrentAsync(cancellationToken) : null;

    /// <exception cref="AccessDeniedException">Nobody is signed in, or no longer.</exception>
    public async Task<User> GetAsync(CancellationToken cancellationToken) =>
        await FindAsync(cancellationToken) ?? throw new AccessDeniedException();
}

/// <summary>A user asks for something that they may not do, or no longer.</summary>
internal sealed class AccessDeniedException() : Exception("Access denied.");
