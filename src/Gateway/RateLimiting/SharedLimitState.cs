using System.Collections.Concurrent;
using System.Net;
using System.Threading.Channels;
using Eventicat.Redis;
using Eventicat.Redis.Endpoints;
using Microsoft.Extensions.Options;

namespace Eventicat.Gateway.RateLimiting;

/// <summary>
/// Whether limits are shared through Redis at present. Said once per change of a server, not once per request. When a
/// server is back, it is told what was granted here meanwhile.
/// </summary>
internal sealed partial class SharedLimitState : BackgroundService
{
    /// <summary>Accounts told of at once: enough to be quick, few enough for others' decisions to come through.</summary>
    private const int AtOnce = 32;

    private readonly RedisEndpoints _endpoints;
    private readonly AccountRateLimiters _limiters;
    private readonly ILogger<SharedLimitState> _logger;
    private readonly ConcurrentDictionary<RedisEndpoint, bool> _lost = new();
    private readonly Channel<bool> _returns = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public SharedLimitState(
        RedisConnection connection, SharedLimitCheck check, AccountRateLimiters limiters, IOptions<RateLimitOptions> options, ILogger<SharedLimitState> logger)
    {
        (_endpoints, _limiters, _logger) = (connection.Endpoints, limiters, logger);
        _endpoints.Deadline = options.Value.Deadline;
        _endpoints.Ask = check.AskAsync;
        _endpoints.Observe(Changed);
    }

    public bool IsDegraded => _endpoints.All.Any(static endpoint => endpoint.IsAway);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var _ in _returns.Reader.ReadAllAsync(stoppingToken))
            {
                await Parallel.ForEachAsync(
                    _limiters.All.OfType<RedisSlidingWindowRateLimiter>().Where(static limiter => limiter.HasUnsent),
                    new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stoppingToken },
                    // What cannot be told stays for the account's next decision, and is no reason to end the process.
                    static async (limiter, token) => await limiter.TellAsync().WaitAsync(token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing));
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping.
        }
    }

    private void Changed(RedisEndpoint endpoint, RedisEndpointState state)
    {
        if (state.IsAway)
        {
            if (_lost.TryAdd(endpoint, true))
            {
                Log.Degraded(_logger, endpoint.Address, state.Absence, state.Detail);
            }

            return;
        }

        _lost.TryRemove(endpoint, out _);
        Log.Recovered(_logger, endpoint.Address);
        _returns.Writer.TryWrite(true);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, EventName = "SharedLimitLost",
            Message = "Redis does not decide on rate limits ({Server}: {Absence}, {Reason}); RateLimit:OnRedisFailure is in force")]
        public static partial void Degraded(ILogger logger, EndPoint? server, RedisAbsence absence, string reason);

        [LoggerMessage(Level = LogLevel.Information, EventName = "SharedLimitBack",
            Message = "Rate limits are shared through Redis again ({Server})")]
        public static partial void Recovered(ILogger logger, EndPoint? server);
    }
}
