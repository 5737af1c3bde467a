namespace Eventicat.Redis.Endpoints;

/// <summary>Why one server of Redis does not decide at present.</summary>
public enum RedisAbsence
{
    /// <summary>It decides.</summary>
    None,

    /// <summary>Its connections are open, calls were sent, and nothing came back for the deadline.</summary>
    Silent,

    /// <summary>There is no connection to it.</summary>
    Disconnected,

    /// <summary>It answers, and refuses what a decision needs (LOADING, OOM, NOREPLICAS, no permission).</summary>
    Refusing,

    /// <summary>It answers, and is not the primary: what has changed there it may never hear of (READONLY, MASTERDOWN).</summary>
    NotPrimary,

    /// <summary>It has done what a decision needs, but not yet as often as decisions wait for.</summary>
    Returning,
}

/// <summary>What is known of one server of Redis.</summary>
/// <param name="Absence">Why it is away; <see cref="RedisAbsence.None"/>: it is not.</param>
/// <param name="Detail">For an operator, such as <c>READONLY</c>; never with an address, a secret or a command in it.</param>
/// <param name="Since">When it became so, a <see cref="TimeProvider"/> timestamp.</param>
/// <param name="SilentSince">When the silence began that made it away, a timestamp; <c>null</c> for other absences.</param>
public sealed record RedisEndpointState(RedisAbsence Absence, string Detail, long Since, long? SilentSince)
{
    public bool IsAway => Absence != RedisAbsence.None;

    /// <value>Whether it can be asked something, and its word counts, even if it does not decide.</value>
    public bool Answers => Absence is not (RedisAbsence.Silent or RedisAbsence.Disconnected or RedisAbsence.NotPrimary);
}

/// <summary>
/// The server that has this key does not decide. Nobody waited for it, or nobody waits any longer: what had been sent
/// may have been done all the same.
/// </summary>
public sealed class RedisAwayException(RedisEndpointState state) : Exception($"Redis does not decide: {state.Absence} {state.Detail}")
{
    public RedisEndpointState State { get; } = state;
}
