using Eventicat.Accounts;
using Microsoft.Extensions.Options;

namespace Eventicat.Gateway.Usage.Counting;

/// <summary>
/// Counts requests on their path: a look-up and an increment, without a lock. What was counted is taken in generations,
/// so that nobody who counts has to wait for whoever takes.
/// </summary>
internal sealed partial class UsageCounters
{
    private readonly int _max;
    private readonly TimeProvider _time;
    private readonly ILogger<UsageCounters> _logger;
    private readonly Lock _gate = new();
    private volatile UsageGeneration _current;
    private List<UsageGeneration> _retired = [];
    private int _dropped;
    private int _isFull;

    public UsageCounters(IOptions<UsageOptions> options, TimeProvider time, ILogger<UsageCounters> logger)
    {
        _max = options.Value.MaxAccounts;
        _time = time;
        _logger = logger;
        _current = new UsageGeneration(Now() / 60, _max, expectedKeys: 0);
    }

    public void Count(AccountId account, KeyId key, UsageOutcome outcome, bool inUrl)
    {
        var now = Now();
        var minute = now / 60;
        var generation = _current;

        // One minute late is a thread that was held up; more is a clock that was set back.
        if (minute > generation.Minute || minute < generation.Minute - 1)
        {
            generation = StartMinute(minute);
        }

        if (generation.Find(account, key) is not { } counter)
        {
            Drop();
            return;
        }

        counter.Count(outcome, inUrl, now);
        if (generation.IsClosed)
        {
            CountAgain(account, key, counter);
        }
    }

    /// <summary>What was counted since the last call, one entry for each account and minute.</summary>
    public IReadOnlyCollection<AccountUsage> Take()
    {
        List<UsageGeneration> generations;
        lock (_gate)
        {
            if (_current.Size > 0)
            {
                Retire(Now() / 60);
            }

            (generations, _retired) = (_retired, []);
        }

        var usage = new Dictionary<(AccountId, long), AccountUsage>();
        generations.ForEach(generation => generation.CloseAndMoveTo(usage));
        if (Interlocked.Exchange(ref _dropped, 0) == 0)
        {
            Volatile.Write(ref _isFull, 0);
        }

        return usage.Values;
    }

    /// <summary>The generation was taken while this was counting: what nobody has taken counts in the present one.</summary>
    private void CountAgain(AccountId account, KeyId key, KeyCounter counter)
    {
        UsageGeneration generation;
        do
        {
            var counts = counter.Take(out var lastUse);
            generation = _current;
            if (counts.IsEmpty)
            {
                return;
            }

            if (generation.Find(account, key) is not { } next)
            {
                Drop();
                return;
            }

            next.Add(counts, lastUse);
            counter = next;
        }
        while (generation.IsClosed);
    }

    private UsageGeneration StartMinute(long minute)
    {
        lock (_gate)
        {
            if (_current.Minute != minute)
            {
                Retire(minute);
            }

            return _current;
        }
    }

    private void Retire(long minute)
    {
        _retired.Add(_current);
        _current = new UsageGeneration(minute, _max, _current.Size);
    }

    private void Drop()
    {
        Interlocked.Increment(ref _dropped);
        if (Interlocked.Exchange(ref _isFull, 1) == 0)
        {
            Log.Full(_logger, _max);
        }
    }

    private long Now() => _time.GetUtcNow().ToUnixTimeSeconds();

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, EventName = "UsageNotCounted",
            Message = "More than Usage:MaxAccounts ({Max}) accounts between two flushes: the requests of further ones are not counted")]
        public static partial void Full(ILogger logger, int max);
    }
}
