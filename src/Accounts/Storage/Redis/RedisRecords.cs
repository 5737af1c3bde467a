using System.Globalization;
using Eventicat.Accounts.Storage.Documents;
using StackExchange.Redis;

namespace Eventicat.Accounts.Storage.Redis;

/// <summary>The accounts' hashes: one account's whole truth each, replaced by compare-and-set on its epoch.</summary>
internal sealed class RedisRecords(RedisNames names)
{
    private const string None = "0";
    private static readonly RedisValue[] Fields = [RedisNames.DocumentField, RedisNames.EpochField];

    public async Task<AccountSnapshot?> ReadAsync(IDatabase database, AccountId id)
    {
        // A replica may lag behind a revocation.
        var values = await database.HashGetAsync(names.Account(id), Fields, CommandFlags.DemandMaster);
        if (values[0].IsNull)
        {
            return null;
        }

        var account = AccountDocument.ReadOne((byte[])values[0]!, out var errors);
        return account is not null && account.Id == id
            ? new AccountSnapshot(account, (long)values[1])
            : throw new AccountStoreUnavailableException($"The record of account '{id}' in Redis is broken: {string.Join("; ", errors)}");
    }

    public async Task<long?> ReadEpochAsync(IDatabase database, AccountId id) =>
        (long?)await database.HashGetAsync(names.Account(id), RedisNames.EpochField, CommandFlags.DemandMaster);

    /// <param name="database">Where.</param>
    /// <param name="id">The account's.</param>
    /// <param name="read">The state that the new one was made from.</param>
    /// <param name="account">The new state; <c>null</c> deletes.</param>
    /// <param name="notAfter">The time in microseconds until which claims made for the new state are safe; <c>null</c> without any.</param>
    /// <returns>The new epoch, or <c>null</c>: somebody changed the account meanwhile, or it got too late.</returns>
    public async Task<long?> ReplaceAsync(IDatabase database, AccountId id, AccountSnapshot? read, Account? account, long? notAfter)
    {
        var epoch = await database.ScriptEvaluateAsync(
            RedisScript.Change,
            [names.Account(id)],
            [
                read is null ? None : Text(read.Epoch),
                account is null ? RedisValue.EmptyString : AccountDocument.WriteOne(account),
                notAfter is { } time ? Text(time) : None,
            ]);
        return (string?)epoch is { Length: > 0 } digits ? long.Parse(digits, CultureInfo.InvariantCulture) : null;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
