using StackExchange.Redis;

namespace Eventicat.Accounts.Storage.Redis;

/// <summary>Changes an account in the order that a crash can't harm: claim what is new, replace the record, drop what is gone.</summary>
internal sealed class RedisAccountWriter(RedisNames names, RedisRecords records, RedisHints hints)
{
    /// <summary>Each lost race means that another writer got through; so many in a row is not a race.</summary>
    private const int Attempts = 50;

    public async Task<ChangeResult> ChangeAsync(
        IDatabase database, AccountId id, Func<Account?, Account?> change, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var read = await records.ReadAsync(database, id);
            var account = change(read?.Account);
            if (ReferenceEquals(account, read?.Account))
            {
                return new ChangeResult(read);
            }

            AccountChange.Check(id, account);
            if (await TryReplaceAsync(database, id, read, account) is { } result)
            {
                return result;
            }
        }

        throw new AccountStoreUnavailableException($"Account '{id}' is being changed by others all the time.");
    }

    /// <returns><c>null</c>: another writer was faster.</returns>
    private async Task<ChangeResult?> TryReplaceAsync(IDatabase database, AccountId id, AccountSnapshot? read, Account? account)
    {
        var before = RedisHint.Of(read?.Account, names).ToHashSet();
        var after = RedisHint.Of(account, names).ToHashSet();
        var claims = await hints.ClaimAsync(database, id, [.. after.Except(before)]);
        if (claims.Conflict is not null)
        {
            return new ChangeResult(null, claims.Conflict);
        }

        RedisHint[] gone = [.. before.Except(after)];
        var values = await RedisHints.ReadAsync(database, gone);
        if (await records.ReplaceAsync(database, id, read, account, claims.NotAfter) is not { } epoch)
        {
            return null;
        }

        await DropAsync(database, gone, values);
        return new ChangeResult(account is null ? null : new AccountSnapshot(account, epoch));
    }

    private static async Task DropAsync(IDatabase database, RedisHint[] gone, RedisValue[] values)
    {
        try
        {
            await RedisHints.DropAsync(database, gone, values);
        }
        catch (Exception exception) when (RedisFailure.IsOne(exception))
        {
            // The change is made. A hint that stays behind means nothing and can be claimed again.
        }
    }
}
