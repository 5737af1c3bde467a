using Microsoft.Extensions.Options;

namespace Eventicat.Gateway.RateLimiting;

/// <summary>With one replica assumed and more running, an outage of Redis would multiply every limit.</summary>
internal sealed partial class ReplicasWarning(IOptions<RateLimitOptions> options, ILogger<ReplicasWarning> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value is { Replicas: 1, OnRedisFailure: RedisFailurePolicy.LocalShare })
        {
            Log.OneReplica(logger);
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, EventName = "OneReplicaAssumed",
            Message = "RateLimit:Replicas is 1: if more gateways share this Redis, each will admit the full limit while Redis is away")]
        public static partial void OneReplica(ILogger logger);
    }
}
