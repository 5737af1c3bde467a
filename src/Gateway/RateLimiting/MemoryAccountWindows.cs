using Eventicat.Accounts;
using Eventicat.Gateway.Requests;

namespace Eventicat.Gateway.RateLimiting;

/// <summary>Windows of limits kept in this process.</summary>
internal sealed class MemoryAccountWindows(AccountRateLimiters limiters, TimeProvider time) : IAccountWindows
{
    public ValueTask<AccountWindow?> PeekAsync(Account account, CancellationToken cancellationToken)
    {
        var limit = limiters.LimitOf(account);
        return new(limiters.Find(account.Id) is SlidingWindowLogRateLimiter limiter
            ? limiter.Peek(limit)
            : new AccountWindow(limit, Used: 0, time.GetUtcNow()));
    }
}
