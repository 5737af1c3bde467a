using Eventicat.Redis.Endpoints;
using StackExchange.Redis;

namespace Eventicat.Redis;

/// <summary>Whether a question would be answered, as far as it is known without asking. Costs next to nothing while all is well.</summary>
public sealed class RedisReach
{
    private readonly RedisConnection _connection;
    private readonly Lock _gate = new();
    private volatile bool _isAnyAway;
    private volatile bool _isAnyThere = true;

    public RedisReach(RedisConnection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        _connection = connection;
        connection.Endpoints.Observe((_, _) => Look());
    }

    /// <summary>A server that refuses writes is not away: it can be asked.</summary>
    public bool IsAway(RedisKey key) => _isAnyAway && (!_isAnyThere || IsOwnerAway(key));

    private static bool IsAway(RedisEndpoint endpoint) => !endpoint.State.Answers;

    private bool IsOwnerAway(RedisKey key)
    {
        var getting = _connection.GetDatabaseAsync(CancellationToken.None);
        return !getting.IsCompletedSuccessfully || IsAway(_connection.Endpoints.Of(getting.Result, key));
    }

    private void Look()
    {
        // Whoever comes last has seen all changes.
        lock (_gate)
        {
            var all = _connection.Endpoints.All.ToList();
            _isAnyThere = all.Exists(static endpoint => endpoint.Address is not null && !IsAway(endpoint));
            _isAnyAway = all.Exists(IsAway);
        }
    }
}
