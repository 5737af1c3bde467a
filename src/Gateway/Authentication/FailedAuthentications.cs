using System.Net;
using BitFaster.Caching.Lru;
using Eventicat.Hosting.TrustedProxies;
using Microsoft.Extensions.Options;

namespace Eventicat.Gateway.Authentication;

/// <summary>
/// How often client addresses failed to authenticate. Bounded: of more addresses than it holds it forgets the one that
/// was quiet for longest, and nothing runs for an address that sends nothing.
/// </summary>
internal sealed partial class FailedAuthentications(
    IOptions<FailedAuthenticationOptions> options, TimeProvider time, ILogger<FailedAuthentications> logger)
{
    /// <summary>About 10 MB.</summary>
    private const int Addresses = 50_000;

    /// <summary>Lines a minute: whoever has many addresses must not fill the log with them.</summary>
    private const int Lines = 10;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly ConcurrentLru<ClientNetwork, AddressFailures> _addresses = new(Addresses);
    private readonly int _limit = options.Value.FailuresPerMinute;
    private readonly Lock _gate = new();
    private long _linesSince;
    private int _lines;

    public AddressFailures Of(IPAddress? address) => _addresses.GetOrAdd(
        ClientNetwork.Of(address), static (_, created) => new AddressFailures(created.Limit, created.Time), (Limit: _limit, Time: time));

    /// <summary>Counts an attempt that has failed.</summary>
    /// <returns>Whether the address is past its limit.</returns>
    public bool Fail(IPAddress? address, AddressFailures failures)
    {
        var isPastLimit = failures.Fail(out var isFirst);
        if (isFirst && MayTell())
        {
            Log.PastLimit(logger, ClientNetwork.Of(address), _limit);
        }

        return isPastLimit;
    }

    private bool MayTell()
    {
        lock (_gate)
        {
            if (_lines == 0 || time.GetElapsedTime(_linesSince) >= Minute)
            {
                (_linesSince, _lines) = (time.GetTimestamp(), 0);
            }

            return _lines++ < Lines;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, EventName = "TooManyFailedAuthentications",
            Message = "From {Network} came more than {Limit} keys within a minute that are not usable; further ones that are not known as good get 429")]
        public static partial void PastLimit(ILogger logger, ClientNetwork network, int limit);
    }
}
