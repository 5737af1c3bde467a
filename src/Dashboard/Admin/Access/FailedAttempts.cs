using System.Net;
using BitFaster.Caching.Lru;
using Eventicat.Hosting.TrustedProxies;

namespace Eventicat.Dashboard.Admin.Access;

/// <summary>
/// Counts how often each address has sent a wrong token. The number of addresses is bounded: when it is reached, the
/// address that was quiet for longest is forgotten.
/// </summary>
internal sealed class FailedAttempts(TimeProvider time)
{
    private const int Most = 60;
    private const int Addresses = 10_000;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly ConcurrentLru<ClientNetwork, Failures> _failures = new(Addresses);

    /// <returns>How long until the address may try again; <c>null</c>: it may now.</returns>
    public TimeSpan? FindRetryAfter(IPAddress? address) =>
        _failures.TryGet(ClientNetwork.Of(address), out var failures) ? failures.FindRest(time.GetUtcNow()) : null;

    public void Count(IPAddress? address) =>
        _failures.GetOrAdd(ClientNetwork.Of(address), static _ => new Failures()).Add(time.GetUtcNow());

    private sealed class Failures
    {
        private readonly Lock _gate = new();
        private DateTimeOffset _end;
        private int _count;

        public void Add(DateTimeOffset now)
        {
            lock (_gate)
            {
                (_end, _count) = now < _end ? (_end, _count + 1) : (now + Window, 1);
            }
        }

        public TimeSpan? FindRest(DateTimeOffset now)
        {
            lock (_gate)
            {
                return now < _end && _count >= Most ? _end - now : null;
            }
        }
    }
}
