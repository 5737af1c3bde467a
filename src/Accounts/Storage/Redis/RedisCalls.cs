using StackExchange.Redis;

namespace Eventicat.Accounts.Storage.Redis;

/// <summary>Every way to Redis from here: one deadline, one exception, and what the last answer says about its health.</summary>
internal sealed class RedisCalls(RedisConnection connection, TimeSpan deadline)
{
    private volatile StoreHealth _health = StoreHealth.Unreached;

    public StoreHealth Health => _health;

    /// <exception cref="AccountStoreUnavailableException">No answer within the deadline, or a refusal.</exception>
    public async Task<T> RunAsync<T>(Func<IDatabase, CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(deadline);
        try
        {
            var database = await connection.GetDatabaseAsync(limited.Token);
            var result = await call(database, limited.Token).WaitAsync(limited.Token);
            _health = StoreHealth.Healthy;
            return result;
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw Unavailable(exception);
        }
        catch (Exception exception) when (RedisFailure.IsOne(exception))
        {
            throw Unavailable(exception);
        }
    }

    private AccountStoreUnavailableException Unavailable(Exception exception)
    {
        var failure = new AccountStoreUnavailableException(connection.CauseOf(exception).Describe(), exception);
        _health = new StoreHealth(
            _health.State == StoreState.Unreached ? StoreState.Unreached : StoreState.Degraded, failure.Message);
        return failure;
    }
}
