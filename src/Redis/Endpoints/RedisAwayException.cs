namespace Eventicat.Redis.Endpoints;

/// <summary>
/// The server that has this key does not decide. Nobody waited for it, or nobody waits any longer: what had been sent
/// may have been done all the same.
/// </summary>
public sealed class RedisAwayException(RedisEndpointState state) : Exception($"Redis does not decide: {state.Absence} {state.Detail}")
{
    public RedisEndpointState State { get; } = state;
}
