using System.Collections.Concurrent;
using Eventicat.Accounts;
using Microsoft.Extensions.Options;

namespace Eventicat.Gateway.RateLimiting;

/// <summary>
/// The limiters of the accounts seen lately. A request looks its own up and never walks the others; those that have
/// become needless are removed in the background, by <see cref="AccountRateLimitersTrim"/>.
/// </summary>
/// <remarks>
/// Bounded by what has to be remembered: a limiter in memory stays while one of its grants counts, because nobody else
/// knows it, so there are as many as accounts that were admitted within their window. One whose log is in Redis is
/// worth keeping for the same time, but at most <see cref="MostReplaceable"/> of them are.
/// </remarks>
internal sealed class AccountRateLimiters(
    IOptions<RateLimitOptions> options, Func<AccountId, AccountLimit, AccountRateLimiter> create)
{
    public const int MostReplaceable = 100_000;

    /// <summary>Longer than any request is between looking a limiter up and having its decision.</summary>
    private static readonly TimeSpan LeastIdle = TimeSpan.FromMinutes(1);

    private readonly AccountLimit _default = new(options.Value.Permits, options.Value.Window);
    private readonly ConcurrentDictionary<AccountId, AccountRateLimiter> _limiters = new();

    public int Count => _limiters.Count;

    public IEnumerable<AccountRateLimiter> All => _limiters.Select(static entry => entry.Value);

    /// <summary>The account's limiter, set to the account's present limit.</summary>
    public AccountRateLimiter For(AccountSnapshot snapshot)
    {
        var limit = LimitOf(snapshot.Account);
        while (true)
        {
            if (!_limiters.TryGetValue(snapshot.Account.Id, out var limiter))
            {
                limiter = _limiters.GetOrAdd(
                    snapshot.Account.Id, static (id, source) => source.create(id, source.limit), (create, limit));
            }

            if (limiter.TryUse())
            {
                limiter.Configure(limit, snapshot.Epoch);
                return limiter;
            }

            Remove(snapshot.Account.Id, limiter);
        }
    }

    public AccountLimit LimitOf(Account account) => account.Limit ?? _default;

    /// <summary>The account's limiter as it is, if there is one.</summary>
    public AccountRateLimiter? Find(AccountId account) => _limiters.GetValueOrDefault(account);

    /// <summary>Removes what is needless. Walks all limiters, and so is not for a request to call.</summary>
    public void Trim()
    {
        var replaceable = new List<(TimeSpan Idle, AccountId Id, AccountRateLimiter Limiter)>();
        foreach (var (id, limiter) in _limiters)
        {
            if (limiter.IdleDuration is not { } idle || idle < LeastIdle)
            {
                continue;
            }

            if (!limiter.IsNeeded)
            {
                Retire(id, limiter);
            }
            else if (limiter.IsReplaceable)
            {
                replaceable.Add((idle, id, limiter));
            }
        }

        foreach (var (_, id, limiter) in replaceable.OrderByDescending(static one => one.Idle).Take(replaceable.Count - MostReplaceable))
        {
            Retire(id, limiter);
        }
    }

    private void Retire(AccountId id, AccountRateLimiter limiter)
    {
        if (limiter.TryRetire(LeastIdle))
        {
            Remove(id, limiter);
        }
    }

    private void Remove(AccountId id, AccountRateLimiter limiter) => _limiters.TryRemove(new(id, limiter));
}
