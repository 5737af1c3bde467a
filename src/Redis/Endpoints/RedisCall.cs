using StackExchange.Redis;

namespace Eventicat.Redis.Endpoints;

/// <summary>A call in flight, which waits as long as its server is not silent, and no longer.</summary>
/// <param name="key">Says which server the call is for.</param>
public abstract class RedisCall(RedisKey key)
{
    public RedisKey Key => key;

    internal LinkedListNode<RedisCall>? Node { get; set; }

    /// <value>Whether it still waits for an answer. Under the lock of the server.</value>
    internal bool IsInFlight => Node is { List: not null };

    internal abstract bool IsAnswered { get; }

    /// <value>Bytes written on its line before the call was: once there are more, the call is on its way.</value>
    internal long WrittenBefore { get; set; }

    /// <value>Whether it needs no more than an answer: it is also sent to a server that does not decide.</value>
    internal virtual bool IsQuestion => false;

    /// <value>Takes a call that found no connection, or lost it, and says whether it will be sent again.</value>
    internal Func<RedisCall, Exception, bool>? KeepUnconnected { get; set; }

    internal abstract void Send(IDatabase database);

    internal abstract void Fail(Exception exception);

    internal abstract void GiveUp(RedisEndpointState state);
}

/// <inheritdoc cref="RedisCall"/>
public abstract class RedisCall<T>(RedisKey key) : RedisCall(key)
{
    private readonly TaskCompletionSource<T> _completion = new();

    internal Task<T> Completion => _completion.Task;

    internal sealed override bool IsAnswered => _completion.Task.IsCompletedSuccessfully;

    protected abstract Task<T> SendAsync(IDatabase database);

    /// <summary>The answer to a call that had been given up: it was executed after all.</summary>
    protected virtual void AnsweredLate(T answer)
    {
    }

    internal sealed override void Send(IDatabase database)
    {
        Task<T> sending;
        try
        {
            sending = SendAsync(database);
        }
        catch (Exception exception)
        {
            Fail(exception);
            return;
        }

        sending.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(() => Complete(sending));
    }

    internal sealed override void Fail(Exception exception) => _completion.TrySetException(exception);

    /// <remarks>Whoever waits goes on elsewhere: there may be many, and the sweep has to be on time.</remarks>
    internal sealed override void GiveUp(RedisEndpointState state) => ThreadPool.UnsafeQueueUserWorkItem(
        static given => given.Completion.TrySetException(new RedisAwayException(given.State)), (Completion: _completion, State: state), preferLocal: false);

    private void Complete(Task<T> sending)
    {
        if (sending.IsCompletedSuccessfully)
        {
            if (!_completion.TrySetResult(sending.Result))
            {
                AnsweredLate(sending.Result);
            }
        }
        else
        {
            var exception = sending.Exception?.InnerException ?? new TaskCanceledException(sending);
            if (exception is not RedisConnectionException || KeepUnconnected?.Invoke(this, exception) != true)
            {
                Fail(exception);
            }
        }
    }
}
