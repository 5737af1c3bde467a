using Eventicat.Accounts.Caching;
using Eventicat.Accounts.Storage;
using Microsoft.Extensions.Time.Testing;

namespace Eventicat.Accounts.Tests.Caching;

public sealed class AccountDirectoryTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly StubAccountReader _store = new();
    private readonly AccountDirectory _directory;
    private readonly ApiKey _key = ApiKey.Generate(out _);

    public AccountDirectoryTests()
    {
        _directory = new AccountDirectory(_store, new AccountDirectoryOptions(), _time);
        _store.Account = Snapshot(epoch: 1);
    }

    [Fact]
    public async Task Verify_KnownKey_AsksTheStoreOnce()
    {
        for (var i = 0; i < 10; i++)
        {
            Assert.NotNull(await VerifyAsync());
        }

        Assert.Equal(1, _store.Loads);
    }

    [Fact]
    public async Task Verify_ManyAtOnceBeforeTheKeyIsCached_ShareOneQuestion()
    {
        var gate = new TaskCompletionSource();
        _store.Gate = gate.Task;

        var answers = Enumerable.Range(0, 50).Select(_ => VerifyAsync()).ToList();
        gate.SetResult();

        Assert.All(await Task.WhenAll(answers), Assert.NotNull);
        Assert.Equal(1, _store.Loads);
    }

    [Fact]
    public async Task Verify_UnknownKey_IsRememberedForHalfASecond()
    {
        _store.Account = null;
        Assert.Null(await VerifyAsync());
        Assert.Null(await VerifyAsync());
        Assert.Equal(1, _store.Loads);

        _store.Account = Snapshot(epoch: 1);
        _time.Advance(AccountDirectory.Freshness + TimeSpan.FromTicks(1));

        Assert.NotNull(await VerifyAsync());
    }

    [Fact]
    public async Task Verify_KeyExpiringMeanwhile_IsRefusedAtThatMoment()
    {
        var expires = _time.GetUtcNow().AddMilliseconds(100);
        _store.Account = Snapshot(epoch: 1, key => key with { Expires = expires });
        Assert.NotNull(await VerifyAsync());

        _time.Advance(TimeSpan.FromMilliseconds(100));

        Assert.Null(await VerifyAsync());
    }

    [Fact]
    public async Task Verify_DenialOnAnUnconfirmedAccount_AsksFirst()
    {
        _store.Account = Snapshot(epoch: 1, key => key with { Revoked = _time.GetUtcNow() });
        Assert.Null(await VerifyAsync());
        _store.Account = Snapshot(epoch: 2);

        _time.Advance(AccountDirectory.Freshness + TimeSpan.FromTicks(1));

        Assert.NotNull(await VerifyAsync());
    }

    [Fact]
    public async Task IsCurrent_WithinHalfASecondOfTheLastConfirmation_AsksNobody()
    {
        var verified = await VerifyAsync();
        _time.Advance(AccountDirectory.Freshness);

        Assert.True(await _directory.IsCurrentAsync(verified!, Token));
        Assert.Equal(0, _store.EpochReads);
    }

    [Fact]
    public async Task IsCurrent_ConfirmedByAnEpochSeenElsewhere_AsksNobody()
    {
        var verified = await VerifyAsync();
        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.True(verified!.Account.Confirm(1, _time.GetTimestamp()));

        Assert.True(await _directory.IsCurrentAsync(verified, Token));
        Assert.Equal(0, _store.EpochReads);
    }

    [Fact]
    public async Task IsCurrent_AccountChanged_IsFalseAndTheChangeIsLoaded()
    {
        var verified = await VerifyAsync();
        _store.Account = Snapshot(epoch: 2, key => key with { Revoked = _time.GetUtcNow() });
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.False(await _directory.IsCurrentAsync(verified!, Token));
        Assert.Null(await VerifyAsync());
    }

    [Fact]
    public async Task IsCurrent_ManyAtOnce_ShareOneQuestionAndNoneGoesAhead()
    {
        var verified = await VerifyAsync();
        _time.Advance(TimeSpan.FromSeconds(1));
        var gate = new TaskCompletionSource();
        _store.Gate = gate.Task;

        var questions = Enumerable.Range(0, 20).Select(_ => _directory.IsCurrentAsync(verified!, Token).AsTask()).ToList();
        Assert.DoesNotContain(questions, question => question.IsCompleted);
        gate.SetResult();

        Assert.All(await Task.WhenAll(questions), Assert.True);
        Assert.Equal(1, _store.EpochReads);
    }

    [Fact]
    public async Task IsCurrent_StoreAway_HoldsUpToTheStalenessAllowedAndAsksTwiceASecond()
    {
        var verified = await VerifyAsync();
        _store.IsAway = true;
        for (var elapsed = TimeSpan.Zero; elapsed < TimeSpan.FromMinutes(5); elapsed += TimeSpan.FromMilliseconds(100))
        {
            Assert.True(await _directory.IsCurrentAsync(verified!, Token));
            _time.Advance(TimeSpan.FromMilliseconds(100));
        }

        Assert.InRange(_store.EpochReads, 500, 601);
        _time.Advance(TimeSpan.FromSeconds(1));
        await Assert.ThrowsAsync<AccountStoreUnavailableException>(async () => await _directory.IsCurrentAsync(verified!, Token));

        _store.IsAway = false;
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(await _directory.IsCurrentAsync(verified!, Token));
    }

    [Fact]
    public async Task IsCurrent_StoreThatTakesLongToFail_IsLeftAloneAfterwards()
    {
        var verified = await VerifyAsync();
        _time.Advance(TimeSpan.FromSeconds(1));
        var gate = new TaskCompletionSource();
        _store.Gate = gate.Task;
        var waiting = _directory.IsCurrentAsync(verified!, Token).AsTask();
        _time.Advance(TimeSpan.FromSeconds(1));
        gate.SetException(new AccountStoreUnavailableException("hung"));
        Assert.True(await waiting);

        Assert.True(await _directory.IsCurrentAsync(verified!, Token));

        Assert.Equal(1, _store.EpochReads);
    }

    [Fact]
    public async Task Verify_StoreAwayAndKeyUnknown_Throws()
    {
        _store.IsAway = true;

        await Assert.ThrowsAsync<AccountStoreUnavailableException>(VerifyAsync);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private async Task<VerifiedKey?> VerifyAsync() => await _directory.VerifyAsync(_key.Digest, Token);

    private AccountSnapshot Snapshot(long epoch, Func<AccountKey, AccountKey>? change = null)
    {
        var key = new AccountKey { Id = KeyId.Parse("k1"), Digest = _key.Digest };
        return new AccountSnapshot(new Account { Id = AccountId.Parse("acme"), Keys = [change?.Invoke(key) ?? key] }, epoch);
    }
}
