using Eventicat.Accounts;
using Eventicat.Gateway.Usage;
using Eventicat.Gateway.Usage.Counting;
using Eventicat.Gateway.Usage.Storing;
using Eventicat.TestSupport;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Eventicat.Gateway.Tests.Usage.Storing;

public sealed class UsageFlushTests : IAsyncLifetime
{
    private static readonly KeyId Key = KeyId.Parse("k1");

    private readonly FakeTimeProvider _time = new(DateTimeOffset.FromUnixTimeSeconds(1_640_995_200));
    private readonly CapturedLog _log = new();
    private readonly StubUsageStore _store = new();
    private readonly UsageCounters _counters;
    private readonly UsageFlush _flush;

    public UsageFlushTests()
    {
        var options = Options.Create(new UsageOptions { MaxAccounts = 3 });
        _counters = new UsageCounters(options, _time, NullLogger<UsageCounters>.Instance);
        _flush = new UsageFlush(_counters, _store, options, _time, _log.For<UsageFlush>());
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await _flush.StartAsync(Token);

    public ValueTask DisposeAsync()
    {
        _flush.Dispose();
        return default;
    }

    [Fact]
    public async Task Second_Passed_BringsCountsToTheStore()
    {
        Count("a");
        await PassSecondAsync();
        Count("a");
        await PassSecondAsync();

        Assert.Equal(2, _store.Sum("a"));
    }

    [Fact]
    public async Task Stop_BeforeTheSecondPassed_LosesNothing()
    {
        Count("a");

        await _flush.StopAsync(Token);

        Assert.Equal(1, _store.Sum("a"));
    }

    [Fact]
    public async Task Store_Away_KeepsCountsUpToTheBoundAndSaysEachChangeOnce()
    {
        _store.IsAway = true;
        foreach (var account in new[] { "a", "b", "a", "c", "d", "a" })
        {
            Count(account);
            await PassSecondAsync();
        }

        _store.IsAway = false;
        await PassSecondAsync();
        Count("d");
        await PassSecondAsync();

        Assert.Equal([3, 1, 1, 1], new[] { "a", "b", "c", "d" }.Select(_store.Sum));
        await Eventually.TrueAsync(() => _log.Lines.Count >= 3);
        Assert.Equal([LogLevel.Warning, LogLevel.Warning, LogLevel.Information], _log.Lines.Select(line => line.Level));
    }

    [Fact]
    public async Task Store_LosingCounts_IsSaidToo()
    {
        _store.Lost = 1;
        Count("a");
        await PassSecondAsync();

        // Written after the call that the clock was waited for.
        await Eventually.TrueAsync(() => _log.Lines.Any(line => line.Level == LogLevel.Warning));
    }

    private void Count(string account) => _counters.Count(AccountId.Parse(account), Key, UsageOutcome.Forwarded, inUrl: false);

    private async Task PassSecondAsync()
    {
        var before = _store.Calls;
        _time.Advance(TimeSpan.FromSeconds(1));
        await Eventually.TrueAsync(() => _store.Calls > before);
    }

    private sealed class StubUsageStore : IUsageStore
    {
        private readonly Dictionary<AccountId, int> _sums = [];
        private volatile int _calls;

        public bool IsAway { get; set; }

        public int Lost { get; set; }

        public int Calls => _calls;

        public int Sum(string account) => _sums.GetValueOrDefault(AccountId.Parse(account));

        public Task<UsageWriteResult> AddAsync(IReadOnlyCollection<AccountUsage> usage, CancellationToken cancellationToken)
        {
            foreach (var one in IsAway ? [] : usage)
            {
                _sums[one.Account] = _sums.GetValueOrDefault(one.Account) + one.Counts[0];
            }

            var result = IsAway ? new UsageWriteResult(usage, 0) : new UsageWriteResult([], Lost);
            Interlocked.Increment(ref _calls);
            return Task.FromResult(result);
        }

        public Task<UsageHistory> ReadAsync(AccountId account, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IReadOnlyList<UrlKeyUse>> ListUrlKeysAsync(UrlKeyUse? after, int limit, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }
}
