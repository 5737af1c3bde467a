using Eventicat.Accounts;
using Eventicat.Gateway.RateLimiting;
using Eventicat.Redis;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Eventicat.Gateway.Tests.RateLimiting;

/// <summary>The limiters of one gateway on a Redis; two of these are two gateways.</summary>
internal sealed class RedisLimiters : IAsyncDisposable
{
    private readonly RedisConnection _connection;
    private readonly SharedLimitCalls _calls;
    private readonly RedisFailureFallback _fallback;

    public RedisLimiters(string connection, string prefix, RateLimitOptions? options = null)
    {
        var settings = options ?? new RateLimitOptions { Deadline = TimeSpan.FromSeconds(10) };
        _connection = new RedisConnection(new RedisOptions { Connection = connection, Prefix = prefix });
        _connection.Endpoints.Deadline = settings.Deadline;
        _calls = new SharedLimitCalls(new RedisSlidingWindowScript(_connection, TimeProvider.System), NullLogger<SharedLimitCalls>.Instance);
        _fallback = new RedisFailureFallback(Options.Create(settings));
    }

    public RedisSlidingWindowRateLimiter Create(AccountLimit limit) =>
        new(AccountId.Parse("acme"), limit, confirmsEpoch: false, _calls, _fallback, TimeProvider.System);

    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
