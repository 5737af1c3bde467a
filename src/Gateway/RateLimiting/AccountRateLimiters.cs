using System.Collections.Concurrent;
using Eventicat.Accounts;
using Microsoft.Extensions.Options;

namespace Eventicat.Gateway.RateLimiting;

/// <summary>
/// The limiter of every account seen lately. One whose window has passed since its last use remembers nothing and may
/// go: two generations of maps find those without a walk over the busy ones.
/// </summary>
internal sealed class AccountRateLimiters(
    IOptions<RateLimitOptions> options, Func<AccountId, AccountLimit, AccountRateLimiter> create, TimeProvider time)
{
    private static readonly TimeSpan Generation = TimeSpan.FromMinutes(1);

    private readonly AccountLimit _default = new(options.Value.Permits, options.Value.Window);
    private readonly Lock _gate = new();
    private volatile ConcurrentDictionary<AccountId, AccountRateLimiter> _current = new();
    private ConcurrentDictionary<AccountId, AccountRateLimiter> _previous = new();
    private long _startedAt = time.GetTimestamp();

    public int Count => _current.Count + _previous.Count;

    /// <summary>The account's limiter, set to the account's present limit.</summary>
    public AccountRateLimiter For(AccountSnapshot snapshot)
    {
        var account = snapshot.Account;
        if (time.GetElapsedTime(Volatile.Read(ref _startedAt)) >= Generation)
        {
            StartGeneration();
        }

        if (!_current.TryGetValue(account.Id, out var limiter))
        {
            limiter = TakeOver(account);
        }

        limiter.Configure(LimitOf(account), snapshot.Epoch);
        return limiter;
    }

    public AccountLimit LimitOf(Account account) => account.Limit ?? _default;

    /// <summary>The account's limiter as it is, if there is one.</summary>
    public AccountRateLimiter? Find(AccountId account)
    {
        lock (_gate)
        {
            return _current.TryGetValue(account, out var limiter) || _previous.TryGetValue(account, out limiter) ? limiter : null;
        }
    }

    private AccountRateLimiter TakeOver(Account account)
    {
        lock (_gate)
        {
            if (_previous.TryRemove(account.Id, out var previous))
            {
                return _current.GetOrAdd(account.Id, previous);
            }

            return _current.GetOrAdd(
                account.Id, static (id, source) => source.create(id, source.limit), (create, limit: LimitOf(account)));
        }
    }

    private void StartGeneration()
    {
        lock (_gate)
        {
            if (time.GetElapsedTime(_startedAt) < Generation)
            {
                return;
            }

            var survivors = _previous.Where(entry => entry.Value.IdleDuration < entry.Value.Limit.Window);
            var next = new ConcurrentDictionary<AccountId, AccountRateLimiter>(survivors);
            _previous = _current;
            _current = next;
            Volatile.Write(ref _startedAt, time.GetTimestamp());
        }
    }
}
