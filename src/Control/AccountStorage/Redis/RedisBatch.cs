using System.Globalization;
using Eventicat.Accounts;
using Eventicat.Accounts.Storage.Documents;
using Eventicat.Accounts.Storage.Redis;
using StackExchange.Redis;

namespace Eventicat.Control.AccountStorage.Redis;

/// <summary>
/// Stores several accounts at once, each as <see cref="RedisAccountWriter"/> would and in its order, but each step for
/// all of them before the next step. Where something stands in an account's way, that writer takes it over.
/// </summary>
internal sealed class RedisBatch(RedisNames names, RedisRecords records, RedisAccountIndex index, RedisAccountWriter writer)
{
    /// <param name="database">Where.</param>
    /// <param name="accounts">With different ids.</param>
    /// <param name="cancellationToken">Ends trying.</param>
    /// <returns>One result for each account, in their order.</returns>
    public async Task<ApplyResult[]> StoreAsync(
        IDatabase database, IReadOnlyList<PreparedAccount> accounts, CancellationToken cancellationToken)
    {
        // Before the claims that it is written into: they rather end too early than too late.
        var time = ReadTimeAsync(database);
        var steps = await Task.WhenAll(accounts.Select(account => ReadAsync(database, account)));
        var open = steps.Where(step => step.Result is null).ToList();
        var now = await time;
        await Task.WhenAll(open.Select(step => ClaimAsync(database, step, now)));
        open.RemoveAll(step => !step.Claimed);
        if (open.Count > 0)
        {
            await index.EnterAsync(database, open.Select(step => step.Account.Id));
            await Task.WhenAll(open.Select(step => WriteAsync(database, step, ClaimTime.NotAfter(now))));
            await RedisAccountWriter.TidyAsync(
                () => Task.WhenAll(open.Where(step => step.Result is not null).Select(step => RedisHints.DropAsync(database, step.Gone, step.GoneValues))));
        }

        return await Task.WhenAll(steps.Select(
            step => step.Result is { } result ? Task.FromResult(result) : StoreAloneAsync(database, step.Account, cancellationToken)));
    }

    private static async Task<long> ReadTimeAsync(IDatabase database)
    {
        var time = await database.ExecuteAsync("TIME");
        return (ClaimTime.Parse(time[0]) * 1_000_000) + ClaimTime.Parse(time[1]);
    }

    private async Task<Step> ReadAsync(IDatabase database, PreparedAccount account)
    {
        var record = await records.ReadForChangeAsync(database, account.Id);
        var same = record.Document.AsSpan().SequenceEqual(account.Document);
        var old = same || record.Document is null ? null : records.Parse(account.Id, record.Document);
        return new Step(account, record, old)
        {
            Result = same || (old is not null && AccountDocument.WriteOne(old).AsSpan().SequenceEqual(account.Document))
                ? new ApplyResult(account.Id, ApplyOutcome.Unchanged)
                : null,
        };
    }

    private async Task ClaimAsync(IDatabase database, Step step, long now)
    {
        var before = RedisHint.Of(step.Old, names).ToHashSet();
        var after = RedisHint.Of(step.Account.Account, names).ToHashSet();
        step.Gone = [.. before.Except(after)];
        var gone = RedisHints.ReadAsync(database, step.Gone);
        RedisValue claim = string.Create(CultureInfo.InvariantCulture, $"{step.Account.Id} {now}");
        var claims = await Task.WhenAll(
            after.Except(before).Select(hint => database.StringSetAsync(hint.Key, claim, when: When.NotExists)));
        step.Claimed = Array.TrueForAll(claims, claimed => claimed);
        step.GoneValues = await gone;
    }

    private async Task WriteAsync(IDatabase database, Step step, long notAfter)
    {
        if (await records.ReplaceAsync(database, step.Account.Id, step.Record.Version, step.Account.Document, notAfter) is not null)
        {
            step.Result = new ApplyResult(step.Account.Id, step.Old is null ? ApplyOutcome.Created : ApplyOutcome.Replaced);
        }
    }

    private async Task<ApplyResult> StoreAloneAsync(IDatabase database, PreparedAccount account, CancellationToken cancellationToken)
    {
        var outcome = ApplyOutcome.Unchanged;
        var result = await writer.ChangeAsync(
            database,
            account.Id,
            old =>
            {
                var same = old is not null && AccountDocument.AreSame(old, account.Account);
                outcome = same ? ApplyOutcome.Unchanged : old is null ? ApplyOutcome.Created : ApplyOutcome.Replaced;
                return same ? old : account.Account;
            },
            cancellationToken);
        return result.Conflict is null
            ? new ApplyResult(account.Id, outcome)
            : new ApplyResult(account.Id, ApplyOutcome.Conflict, result.Conflict);
    }

    /// <summary>How far one account has come.</summary>
    private sealed class Step(PreparedAccount account, RedisRecord record, Account? old)
    {
        public PreparedAccount Account { get; } = account;

        public RedisRecord Record { get; } = record;

        public Account? Old { get; } = old;

        public bool Claimed { get; set; }

        public RedisHint[] Gone { get; set; } = [];

        public RedisValue[] GoneValues { get; set; } = [];

        public ApplyResult? Result { get; set; }
    }
}

/// <summary>An account that shall be stored as it is, checked, with the bytes that will be stored.</summary>
internal sealed record PreparedAccount(Account Account, byte[] Document)
{
    public AccountId Id => Account.Id;

    public static PreparedAccount Of(Account account)
    {
        AccountChange.Check(account.Id, account);
        return new PreparedAccount(account, AccountDocument.WriteOne(account));
    }
}
