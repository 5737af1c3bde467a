using System.Net;
using BitFaster.Caching.Lru;

namespace Eventicat.Dashboard.Admin.Access;

/// <summary>
/// How often an address has come with a wrong token. Bounded: of more addresses than it holds it forgets the one that
/// was quiet for longest.
/// </summary>
internal sealed class FailedAttempts(TimeProvider time)
{
    private const int Most = 60;
    private const int Addresses = 10_000;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly ConcurrentLru<string, Failures> _failures = new(Addresses);

    /// <returns>How long until the address may try again; <c>null</c>: it may now.</returns>
    public TimeSpan? FindRetryAfter(IPAddress? address) =>
        _failures.TryGet(NetworkOf(address), out var failures) ? failures.FindRest(time.GetUtcNow()) : null;

    public void Count(IPAddress? address) =>
        _failures.GetOrAdd(NetworkOf(address), static _ => new Failures()).Add(time.GetUtcNow());

    /// <summary>Who has one IPv6 address has all 2^64 of its network.</summary>
    private static string NetworkOf(IPAddress? address) =>
        address is { AddressFamily: System.Net.Sockets.AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false }
            ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8))
            : address?.MapToIPv4().ToString() ?? "";

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
