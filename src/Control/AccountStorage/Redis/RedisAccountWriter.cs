using Eventicat.Accounts;
using Eventicat.Accounts.Storage.Redis;
using Eventicat.Redis;
using StackExchange.Redis;

namespace Eventicat.Control.AccountStorage.Redis;

/// <summary>
/// Replaces accounts in the order that a crash can't harm: claim what is new, enter the index, replace the record, drop
/// what is gone, leave the index. Of several accounts each step is for all of them before the next; each is replaced by
/// itself, if it is still as it was found.
/// </summary>
internal sealed class RedisAccountWriter(RedisNames names, RedisAccountRecords records, RedisHints hints, RedisAccountIndex index)
{
    /// <param name="database">Where.</param>
    /// <param name="changes">With different ids.</param>
    /// <returns>One result for each change, in their order; <c>null</c>: another writer was faster, or it got too late.</returns>
    public async Task<ChangeResult?[]> ReplaceAsync(IDatabase database, IReadOnlyList<RedisChange> changes)
    {
        var steps = changes.Select(change => new Step(change, names)).ToList();
        // Before the claims that it is written into: they rather end too early than too late.
        var time = steps.Exists(static step => step.New.Length > 0) ? ClaimTime.ReadAsync(database) : Task.FromResult(0L);
        await Task.WhenAll(steps.Select(step => PrepareAsync(database, step)));
        var now = await time;
        await Task.WhenAll(steps.Select(step => ClaimAsync(database, step, now)));
        var open = steps.FindAll(static step => step.Result is null);
        await EnterAsync(database, open.FindAll(static step => step.IsCreated));
        await Task.WhenAll(
            [EnterAgainAsync(database, open.FindAll(static step => step.IsChanged)), .. open.Select(step => WriteAsync(database, step))]);
        await IgnoreFailureAsync(() => Task.WhenAll(open.FindAll(static step => step.Result is not null).Select(step => TidyAsync(database, step))));
        return [.. steps.Select(static step => step.Result)];
    }

    private async Task PrepareAsync(IDatabase database, Step step)
    {
        var values = RedisHints.ReadAsync(database, step.Gone);
        step.Token = step.IsDeleted ? await index.AnnounceAsync(database, step.Id) : null;
        step.GoneValues = await values;
    }

    private async Task ClaimAsync(IDatabase database, Step step, long now)
    {
        var claims = await hints.ClaimAsync(database, step.Id, step.New, now);
        step.NotAfter = claims.NotAfter;
        step.Result = claims.Conflict is null ? null : new ChangeResult(null, claims.Conflict);
    }

    /// <summary>Those that are not there yet: no record may come to be without its entry.</summary>
    private async Task EnterAsync(IDatabase database, List<Step> created)
    {
        if (created.Count == 0)
        {
            return;
        }

        var entered = ClaimTime.NotAfter(await index.EnterAsync(database, created.Select(static step => step.Id)));
        created.ForEach(step => step.NotAfter = Math.Min(step.NotAfter ?? entered, entered));
    }

    /// <summary>
    /// Those that are there have their entries, unless a failover lost one: it costs no time to put it back along with
    /// the change, and nothing depends on it. A record that was deleted meanwhile is not written any more, since its
    /// version is another.
    /// </summary>
    private Task EnterAgainAsync(IDatabase database, List<Step> changed) =>
        changed.Count == 0 ? Task.CompletedTask : IgnoreFailureAsync(() => index.EnterAsync(database, changed.Select(static step => step.Id)));

    private async Task WriteAsync(IDatabase database, Step step)
    {
        if (await records.ReplaceAsync(database, step.Id, step.Version, step.Document, step.NotAfter) is { } epoch)
        {
            step.Result = new ChangeResult(step.After is { } account ? new AccountSnapshot(account, epoch) : null);
        }
    }

    private Task TidyAsync(IDatabase database, Step step) => step.Token is { } token
        ? Task.WhenAll(RedisHints.DropAsync(database, step.Gone, step.GoneValues), index.LeaveAsync(database, step.Id, token))
        : RedisHints.DropAsync(database, step.Gone, step.GoneValues);

    /// <summary>For calls that no change depends on: what they leave behind means nothing, and can be claimed again.</summary>
    private static async Task IgnoreFailureAsync(Func<Task> call)
    {
        try
        {
            await call();
        }
        catch (Exception exception) when (RedisFailure.IsOne(exception))
        {
            // The next writer has another try.
        }
    }

    /// <summary>How far one change has come.</summary>
    private sealed class Step
    {
        private readonly RedisChange _change;

        public Step(RedisChange change, RedisNames names)
        {
            _change = change;
            var before = RedisHint.Of(change.Before, names).ToHashSet();
            var after = RedisHint.Of(change.After, names).ToHashSet();
            New = [.. after.Except(before)];
            Gone = [.. before.Except(after)];
        }

        public AccountId Id => _change.Id;

        public string Version => _change.Version;

        public Account? After => _change.After;

        public byte[]? Document => _change.Document;

        public bool IsDeleted => After is null;

        /// <value>Whether nobody is known to have entered it: there was none, or one that no program of ours has stored.</value>
        public bool IsCreated => !IsDeleted && (_change.Before is null || Version == RedisRecord.NeverThere);

        public bool IsChanged => !IsDeleted && !IsCreated;

        public RedisHint[] New { get; }

        public RedisHint[] Gone { get; }

        public RedisValue[] GoneValues { get; set; } = [];

        /// <value>A deletion's announcement.</value>
        public string? Token { get; set; }

        /// <value>Until when the record has to be written; <c>null</c>: its version alone decides.</value>
        public long? NotAfter { get; set; }

        public ChangeResult? Result { get; set; }
    }
}

/// <summary>One account's change from what was found to what shall be.</summary>
/// <param name="Id">The account's.</param>
/// <param name="Version">Of the record that was found.</param>
/// <param name="Before">What it held; <c>null</c>: no account.</param>
/// <param name="After">What it shall hold; <c>null</c>: the account shall not exist.</param>
/// <param name="Document">The same, as it will be stored.</param>
internal sealed record RedisChange(AccountId Id, string Version, Account? Before, Account? After, byte[]? Document);
