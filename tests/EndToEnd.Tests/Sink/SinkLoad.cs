using System.Collections.Concurrent;

namespace Eventicat.EndToEnd.Tests.Sink;

/// <summary>Concurrent clients that send unique events, half by GET and half by POST, until one of theirs is not acknowledged.</summary>
internal sealed class SinkLoad(HttpClient client, string name, int padding = 0)
{
    private const int Clients = 32;

    private readonly ConcurrentQueue<SentEvent> _sent = [];
    private readonly TaskCompletionSource _enough = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _clients = Task.CompletedTask;
    private int _acknowledged;
    private int _goal;

    public IReadOnlyCollection<SentEvent> Sent => _sent;

    /// <summary>Starts the clients and returns, with all of them still sending, when so many events are acknowledged.</summary>
    public async Task RunUntilAcknowledgedAsync(int goal)
    {
        _goal = goal;
        _clients = Task.WhenAll(Enumerable.Range(0, Clients).Select(number => Task.Run(() => RunClientAsync(number))));
        await await Task.WhenAny(_enough.Task, _clients);
    }

    /// <summary>Waits until every client has met its end.</summary>
    public Task EndAsync() => _clients;

    private async Task RunClientAsync(int number)
    {
        for (var i = 0; ; i++)
        {
            var item = new SentEvent($"{name}-{number}-{i}", post: padding > 0 || i % 2 == 0, padding);
            _sent.Enqueue(item);
            await item.SendAsync(client);
            if (item.Id is null)
            {
                return;
            }

            if (Interlocked.Increment(ref _acknowledged) == _goal)
            {
                _enough.SetResult();
            }
        }
    }
}
