using System.Runtime.CompilerServices;
using System.Security.Claims;
using Eventicat.Accounts;
using Eventicat.Accounts.Caching;
using Microsoft.AspNetCore.Authentication;

namespace Eventicat.Gateway.Authentication;

/// <summary>One principal per key record, made once and dropped with it: a principal per request would be waste.</summary>
internal sealed class PrincipalCache
{
    private readonly ConditionalWeakTable<AccountKey, AuthenticateResult> _results = [];

    public AuthenticateResult For(VerifiedKey verified) =>
        _results.TryGetValue(verified.Key, out var result)
            ? result
            : _results.GetValue(verified.Key, key => Create(verified.Snapshot.Account.Id, key));

    private static AuthenticateResult Create(AccountId account, AccountKey key)
    {
        var identity = new ClaimsIdentity(
            [new(AuthenticationConstants.AccountClaim, account.ToString()), new(AuthenticationConstants.KeyClaim, key.Id.ToString())],
            AuthenticationConstants.Scheme,
            AuthenticationConstants.AccountClaim,
            roleType: null);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), AuthenticationConstants.Scheme));
    }
}
