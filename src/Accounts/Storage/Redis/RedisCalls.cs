using Eventicat.Accounts.Storage.Redis.Endpoints;
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

    /// <summary>One question about one key, which is given up as soon as the server that has the key is known to be silent.</summary>
    /// <inheritdoc cref="RunAsync{T}(Func{IDatabase, CancellationToken, Task{T}}, CancellationToken)"/>
    public Task<T> AskAsync<T>(RedisKey key, Func<IDatabase, Task<T>> ask, CancellationToken cancellationToken) =>
        RunAsync(
            async (_, token) => await await connection.Endpoints.CallAsync(new Question<T>(key, ask), token),
            cancellationToken);

    private AccountStoreUnavailableException Unavailable(Exception exception)
    {
        var failure = new AccountStoreUnavailableException(connection.CauseOf(exception).Describe(), exception);
        _health = new StoreHealth(
            _health.State == StoreState.Unreached ? StoreState.Unreached : StoreState.Degraded, failure.Message);
        return failure;
    }

    private sealed class Question<T>(RedisKey key, Func<IDatabase, Task<T>> ask) : RedisCall<Task<T>>(key)
    {
        /// <remarks>What a server refuses is to write.</remarks>
        internal override bool IsQuestion => true;

        protected override async Task<Task<T>> SendAsync(IDatabase database)
        {
            var answering = ask(database);
            try
            {
                await answering;
            }
            catch (RedisServerException)
            {
                // That it does not answer this says nothing about whether it decides: its caller is told, and nobody else.
            }

            return answering;
        }
    }
}
