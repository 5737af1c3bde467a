using Eventicat.Accounts;
using Eventicat.Accounts.Storage;
using Eventicat.Accounts.Storage.Documents;
using Eventicat.Accounts.Storage.Redis;
using Eventicat.Redis;
using StackExchange.Redis;

namespace Eventicat.Control.AccountStorage.Redis;

/// <summary>
/// Changes an account in the order that a crash can't harm: claim what is new, enter the index, replace the record,
/// drop what is gone, leave the index.
/// </summary>
internal sealed class RedisAccountWriter(RedisNames names, RedisRecords records, RedisHints hints, RedisAccountIndex index)
{
    /// <summary>Each lost race means that another writer got through; so many in a row is not a race.</summary>
    private const int Attempts = 50;

    public async Task<ChangeResult> ChangeAsync(
        IDatabase database, AccountId id, Func<Account?, Account?> change, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var record = await records.ReadForChangeAsync(database, id);
            var old = record.Document is null ? null : records.Parse(id, record.Document);
            var account = change(old);
            if (ReferenceEquals(account, old))
            {
                return new ChangeResult(account is null ? null : new AccountSnapshot(account, record.Epoch));
            }

            AccountChange.Check(id, account);
            var result = account is null
                ? await TryDeleteAsync(database, id, record, old!)
                : await TryReplaceAsync(database, record, old, account);
            if (result is not null)
            {
                return result;
            }
        }

        throw new AccountStoreUnavailableException($"Account '{id}' is being changed by others all the time.");
    }

    /// <returns><c>null</c>: another writer was faster.</returns>
    private async Task<ChangeResult?> TryReplaceAsync(IDatabase database, RedisRecord record, Account? old, Account account)
    {
        var before = RedisHint.Of(old, names).ToHashSet();
        var after = RedisHint.Of(account, names).ToHashSet();
        var claims = await hints.ClaimAsync(database, account.Id, [.. after.Except(before)]);
        if (claims.Conflict is not null)
        {
            return new ChangeResult(null, claims.Conflict);
        }

        RedisHint[] gone = [.. before.Except(after)];
        var values = RedisHints.ReadAsync(database, gone);
        // A change of an existing account enters as well: nothing to gain by then, unless a failover lost the entry.
        var entered = ClaimTime.NotAfter(await index.EnterAsync(database, [account.Id]));
        var dropped = await values;
        if (await records.ReplaceAsync(
            database, account.Id, record.Version, AccountDocument.WriteOne(account), Math.Min(entered, claims.NotAfter ?? entered)) is not { } epoch)
        {
            return null;
        }

        await TidyAsync(() => RedisHints.DropAsync(database, gone, dropped));
        return new ChangeResult(new AccountSnapshot(account, epoch));
    }

    /// <returns><c>null</c>: another writer was faster.</returns>
    private async Task<ChangeResult?> TryDeleteAsync(IDatabase database, AccountId id, RedisRecord record, Account old)
    {
        RedisHint[] gone = [.. RedisHint.Of(old, names)];
        var values = RedisHints.ReadAsync(database, gone);
        var token = await index.AnnounceAsync(database, id);
        var dropped = await values;
        if (await records.ReplaceAsync(database, id, record.Version, null, null) is null)
        {
            return null;
        }

        await TidyAsync(() => Task.WhenAll(RedisHints.DropAsync(database, gone, dropped), index.LeaveAsync(database, id, token)));
        return new ChangeResult(null);
    }

    /// <summary>What comes after the change.</summary>
    internal static async Task TidyAsync(Func<Task> tidy)
    {
        try
        {
            await tidy();
        }
        catch (Exception exception) when (RedisFailure.IsOne(exception))
        {
            // The change is made. What stays behind means nothing and can be claimed again.
        }
    }
}
