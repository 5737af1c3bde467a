using Eventicat.Redis.Endpoints;
using StackExchange.Redis;

namespace Eventicat.Redis;

/// <summary>The calls of one room: all have the same deadline, fail with the room's own exception, and tell by the last of them how Redis is.</summary>
/// <param name="connection">To Redis.</param>
/// <param name="deadline">How long a call may take.</param>
/// <param name="fail">Makes the exception that callers get of a sentence for operators and what happened.</param>
public sealed class RedisCalls(RedisConnection connection, TimeSpan deadline, Func<string, Exception, Exception> fail)
{
    private static readonly RedisCallsState Answered = new(HasAnswered: true, Fault: null);
    private volatile RedisCallsState _state = new(HasAnswered: false, "not asked yet");

    public RedisCallsState State => _state;

    /// <remarks>Where Redis does not answer within the deadline, or refuses, it ends with the exception that the room makes.</remarks>
    public async Task<T> RunAsync<T>(Func<IDatabase, CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(deadline);
        try
        {
            var database = await connection.GetDatabaseAsync(limited.Token);
            var result = await call(database, limited.Token).WaitAsync(limited.Token);
            _state = Answered;
            return result;
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw Failed(exception);
        }
        catch (Exception exception) when (RedisFailure.IsOne(exception))
        {
            throw Failed(exception);
        }
    }

    /// <summary>One question about one key, which is given up as soon as the server that has the key is known to be silent.</summary>
    /// <inheritdoc cref="RunAsync{T}(Func{IDatabase, CancellationToken, Task{T}}, CancellationToken)"/>
    public Task<T> AskAsync<T>(RedisKey key, Func<IDatabase, Task<T>> ask, CancellationToken cancellationToken) =>
        RunAsync(
            async (_, token) => await await connection.Endpoints.CallAsync(new Question<T>(key, ask), token),
            cancellationToken);

    private Exception Failed(Exception exception)
    {
        var fault = connection.CauseOf(exception).Describe();
        _state = _state with { Fault = fault };
        return fail(fault, exception);
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

/// <summary>What the last call says.</summary>
/// <param name="HasAnswered">Whether Redis has answered a call of the room, this one or an earlier one.</param>
/// <param name="Fault">Why it did not answer the last one, for operators; <c>null</c>: it did.</param>
public sealed record RedisCallsState(bool HasAnswered, string? Fault);
