using Eventicat.Accounts.Storage;
using Eventicat.Accounts.Storage.File;
using Eventicat.TestSupport;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using IOFile = System.IO.File;

namespace Eventicat.Accounts.Tests.Storage.File;

public sealed class FileReloadTests : IDisposable
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(250);

    private readonly TestFile _file = new();
    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Edit_ByHand_IsSeenAtTheNextPollWithANewEpochOfWhatWasChanged()
    {
        _file.Write(Accounts("acme", "umbrella"));
        var store = _file.Open(_time);
        var (acme, umbrella) = (await store.GetEpochAsync(Some.Acme, Token), await store.GetEpochAsync(Some.Umbrella, Token));
        _file.Write(Accounts("acme", "umbrella").Replace("\"acme\"", "\"acme\", \"disabled\": true", StringComparison.Ordinal));

        _time.Advance(PollInterval);

        var changed = await store.FindAsync(Some.Acme, Token);
        Assert.True(changed!.Account.Disabled);
        Assert.NotEqual(acme, changed.Epoch);
        Assert.Equal(changed.Epoch, await store.GetEpochAsync(Some.Acme, Token));
        Assert.Equal(umbrella, await store.GetEpochAsync(Some.Umbrella, Token));
    }

    [Fact]
    public async Task Edit_RealClock_IsSeenWithinASecond()
    {
        _file.Write(Accounts("acme"));
        var store = _file.Open(TimeProvider.System);
        _file.Write(Accounts("umbrella"));

        await Eventually.TrueAsync(
            async () => await store.FindAsync(Some.Umbrella, Token) is not null, within: TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Edit_SameLengthWithinTheClocksTick_IsSeen()
    {
        _file.Write(Accounts("acme"));
        var written = IOFile.GetLastWriteTimeUtc(_file.Path);
        var store = _file.Open(_time);
        _file.Write(Accounts("emca"));
        IOFile.SetLastWriteTimeUtc(_file.Path, written);

        _time.Advance(PollInterval);

        Assert.NotNull(await store.FindAsync(AccountId.Parse("emca"), Token));
    }

    /// <summary>A log that was written into the wrong file. Longer than any array, and nothing on disk.</summary>
    [Fact]
    public async Task File_LongerThanCanBeRead_KeepsTheLastGoodOneAndSaysSo()
    {
        _file.Write(Accounts("acme"));
        var store = _file.Open(_time);
        using (var file = new FileStream(_file.Path, FileMode.Open))
        {
            file.SetLength(3L << 30);
        }

        _time.Advance(PollInterval);

        Assert.NotNull(await store.FindAsync(Some.Acme, Token));
        Assert.Equal(StoreState.Degraded, store.Health.State);
        Assert.Contains("3221225472 bytes", store.Health.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Poll_UnchangedFile_KeepsTheEpoch()
    {
        _file.Write(Accounts("acme"));
        var store = _file.Open(_time);
        var before = await store.GetEpochAsync(Some.Acme, Token);

        _time.Advance(20 * PollInterval);

        Assert.Equal(before, await store.GetEpochAsync(Some.Acme, Token));
    }

    [Fact]
    public async Task Broken_AfterAGoodOne_KeepsTheGoodOneAndSaysSo()
    {
        _file.Write(Accounts("acme"));
        var store = _file.Open(_time);
        _file.Write("""{ "accounts": [ { "id": "acme", "disabld": true } ] }""");

        _time.Advance(PollInterval);

        Assert.NotNull(await store.FindAsync(Some.Acme, Token));
        Assert.Equal(StoreState.Degraded, store.Health.State);
        Assert.Contains("accounts[0].disabld", store.Health.Reason, StringComparison.Ordinal);
    }

    /// <summary>A document cut short, or another one, that is taken for an empty list ends every key at once.</summary>
    [Fact]
    public async Task NoAccountsMember_AfterAGoodOne_KeepsTheGoodOne_AndAnEmptyListDoesNot()
    {
        _file.Write(Accounts("acme"));
        var store = _file.Open(_time);
        _file.Write("{}");
        _time.Advance(PollInterval);

        Assert.NotNull(await store.FindAsync(Some.Acme, Token));
        Assert.Equal(StoreState.Degraded, store.Health.State);
        Assert.Contains("accounts: is missing", store.Health.Reason, StringComparison.Ordinal);

        _file.Write("""{"accounts":[]}""");
        _time.Advance(PollInterval);

        Assert.Null(await store.FindAsync(Some.Acme, Token));
        Assert.Equal(StoreHealth.Healthy, store.Health);
    }

    [Fact]
    public void Broken_PolledManyTimes_IsLoggedOncePerChange()
    {
        _file.Write(Accounts("acme"));
        var log = new CapturedLog();
        _file.Open(_time, log.For<FileAccountReader>());
        _file.Write("{");
        _time.Advance(20 * PollInterval);
        Assert.Single(log.Lines, line => line.Level == LogLevel.Error);

        _file.Write("""{ "x": 1 }""");
        _time.Advance(20 * PollInterval);

        Assert.Equal(2, log.Lines.Count(line => line.Level == LogLevel.Error));
    }

    [Fact]
    public async Task Broken_ThenRepaired_IsHealthyAgain()
    {
        _file.Write(Accounts("acme"));
        var store = _file.Open(_time);
        _file.Write("{");
        _time.Advance(PollInterval);
        _file.Write(Accounts("umbrella"));

        _time.Advance(PollInterval);

        Assert.Equal(StoreHealth.Healthy, store.Health);
        Assert.NotNull(await store.FindAsync(Some.Umbrella, Token));
    }

    [Fact]
    public async Task Broken_AtTheStart_IsUnreachedAndThrows()
    {
        _file.Write("[]");
        var store = _file.Open(_time);

        var exception = await Assert.ThrowsAsync<AccountStoreUnavailableException>(
            async () => await store.FindAsync(Some.Acme, Token));

        Assert.Contains(_file.Path, exception.Message, StringComparison.Ordinal);
        Assert.Equal(StoreState.Unreached, store.Health.State);
    }

    [Fact]
    public async Task Missing_AtTheStart_IsEmptyAndHealthyAndReadWhenItComes()
    {
        var store = _file.Open(_time);
        Assert.Equal(StoreHealth.Healthy, store.Health);
        Assert.Null(await store.FindAsync(Some.Acme, Token));
        _file.Write(Accounts("acme"));

        _time.Advance(PollInterval);

        Assert.NotNull(await store.FindAsync(Some.Acme, Token));
    }

    [Fact]
    public async Task Missing_AfterAGoodOne_KeepsTheGoodOneAndSaysSo()
    {
        _file.Write(Accounts("acme"));
        var store = _file.Open(_time);
        IOFile.Delete(_file.Path);

        _time.Advance(PollInterval);

        Assert.NotNull(await store.FindAsync(Some.Acme, Token));
        Assert.Equal(StoreState.Degraded, store.Health.State);
        _file.Write(Accounts("acme"));
        _time.Advance(PollInterval);
        Assert.Equal(StoreHealth.Healthy, store.Health);
    }

    public void Dispose() => _file.Dispose();

    private static string Accounts(params string[] ids) =>
        $$"""{ "version": 1, "accounts": [ {{string.Join(", ", ids.Select(id => $$"""{ "id": "{{id}}" }"""))}} ] }""";
}
