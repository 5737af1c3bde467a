using Eventicat.Accounts;
using Polly;
using Polly.CircuitBreaker;
using StackExchange.Redis;

namespace Eventicat.Gateway.RateLimiting;

/// <summary>
/// The script behind a breaker. When most calls fail, Redis is left alone for a second instead of holding every
/// request for its deadline.
/// </summary>
internal sealed class SharedLimitCalls
{
    private readonly RedisSlidingWindowScript _script;
    private readonly SharedLimitState _state;
    private readonly ResiliencePipeline<RedisSlidingWindowScript.Reply> _breaker;

    public SharedLimitCalls(RedisSlidingWindowScript script, SharedLimitState state, TimeProvider time)
    {
        _script = script;
        _state = state;
        _breaker = new ResiliencePipelineBuilder<RedisSlidingWindowScript.Reply> { TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<RedisSlidingWindowScript.Reply>
            {
                ShouldHandle = static arguments => ValueTask.FromResult(arguments.Outcome.Exception is not null),
                FailureRatio = 0.5,
                MinimumThroughput = 10,
                SamplingDuration = TimeSpan.FromSeconds(2),
                BreakDuration = TimeSpan.FromSeconds(1),
            })
            .Build();
    }

    /// <returns>The reply, or <c>null</c>: Redis did not decide.</returns>
    public async ValueTask<RedisSlidingWindowScript.Reply?> TryRunAsync(
        AccountId account, AccountLimit limit, int requested, bool isPartial, long? epoch)
    {
        var context = ResilienceContextPool.Shared.Get();
        try
        {
            var outcome = await _breaker.ExecuteOutcomeAsync(
                static async (_, call) =>
                {
                    try
                    {
                        return Outcome.FromResult(await call.Script.RunAsync(call.Account, call.Limit, call.Requested, call.IsPartial, call.Epoch));
                    }
                    catch (Exception exception) when (IsRedisFailure(exception))
                    {
                        return Outcome.FromException<RedisSlidingWindowScript.Reply>(exception);
                    }
                },
                context,
                (Script: _script, Account: account, Limit: limit, Requested: requested, IsPartial: isPartial, Epoch: epoch));
            if (outcome.Exception is { } failure)
            {
                _state.Failed(failure);
                return null;
            }

            _state.Succeeded();
            return outcome.Result;
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    internal static bool IsRedisFailure(Exception exception) =>
        exception is RedisException or TimeoutException or ObjectDisposedException or BrokenCircuitException;
}
