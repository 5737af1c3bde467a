using StackExchange.Redis;

namespace Eventicat.Accounts.Storage.Redis.Endpoints;

/// <summary>A call in flight, which waits as long as its server is not silent, and no longer.</summary>
/// <param name="key">Says which server the call is for.</param>
public abstract class RedisCall(RedisKey key)
{
    public RedisKey Key => key;

    internal LinkedListNode<RedisCall>? Node { get; set; }

    /// <value>Bytes written on its line before the call was: once there are more, the call is on its way.</value>
    internal long WrittenBefore { get; set; }

    /// <value>Whether it needs no more than an answer: it is also sent to a server that does not decide.</value>
    internal virtual bool IsQuestion => false;

    internal abstract void Send(IDatabase database);

    internal abstract void GiveUp(RedisEndpointState state);
}

/// <inheritdoc cref="RedisCall"/>
public abstract class RedisCall<T>(RedisKey key) : RedisCall(key)
{
    private readonly TaskCompletionSource<T> _completion = new();

    internal Task<T> Completion => _completion.Task;

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
            _completion.TrySetException(exception);
            return;
        }

        sending.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(() => Complete(sending));
    }

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
            _completion.TrySetException(sending.Exception?.InnerException ?? new TaskCanceledException(sending));
        }
    }
}
