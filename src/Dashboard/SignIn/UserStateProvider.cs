using Eventicat.Control.Users;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Eventicat.Dashboard.SignIn;

/// <summary>Ends an open page when its user was deleted or got another password or role.</summary>
internal sealed class UserStateProvider(ILoggerFactory loggers, UserOperations users, IOptions<IdentityOptions> options)
    : RevalidatingServerAuthenticationStateProvider(loggers)
{
    protected override TimeSpan RevalidationInterval => TimeSpan.FromSeconds(10);

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken) =>
        await FindAsync(authenticationState, cancellationToken) is not null;

    /// <returns>The user as stored now; <c>null</c>: nobody is signed in, or the user was deleted or got another password or role.</returns>
    public async Task<User?> FindCurrentAsync(CancellationToken cancellationToken) =>
        await FindAsync(await GetAuthenticationStateAsync(), cancellationToken);

    private async Task<User?> FindAsync(AuthenticationState state, CancellationToken cancellationToken) =>
        UserName.TryParse(state.User.Identity?.Name, out var name)
        && await users.FindAsync(name, cancellationToken) is { } user
        && state.User.FindFirst(options.Value.ClaimsIdentity.SecurityStampClaimType)?.Value == user.SecurityStamp
            ? user
            : null;
}
