using System.Globalization;
using Eventicat.Accounts.Storage.Documents;
using StackExchange.Redis;

namespace Eventicat.Accounts.Storage.Redis;

/// <summary>The accounts' hashes: one account's whole truth each, replaced by compare-and-set on its version.</summary>
internal sealed class RedisRecords(RedisNames names)
{
    private const string NoTime = "0";
    private static readonly RedisValue[] ReadFields = [RedisNames.DocumentField, RedisNames.EpochField];
    private static readonly RedisValue[] ChangeFields = [RedisNames.DocumentField, RedisNames.EpochField, RedisNames.TraceField];
    private static readonly RedisValue TraceMilliseconds = ClaimTime.SafeMicroseconds / 1000;

    public async Task<AccountSnapshot?> ReadAsync(IDatabase database, AccountId id)
    {
        // A replica may lag behind a revocation.
        var values = await database.HashGetAsync(names.Account(id), ReadFields, CommandFlags.DemandMaster);
        return values[0].IsNull ? null : new AccountSnapshot(Parse(id, (byte[])values[0]!), ParseEpoch(id, values[1]));
    }

    public async Task<RedisRecord> ReadForChangeAsync(IDatabase database, AccountId id)
    {
        var values = await database.HashGetAsync(names.Account(id), ChangeFields, CommandFlags.DemandMaster);
        return new RedisRecord(
            values[0], (string?)values[1] ?? (string?)values[2] ?? RedisRecord.NeverThere);
    }

    public async Task<long?> ReadEpochAsync(IDatabase database, AccountId id)
    {
        var epoch = await database.HashGetAsync(names.Account(id), RedisNames.EpochField, CommandFlags.DemandMaster);
        return epoch.IsNull ? null : ParseEpoch(id, epoch);
    }

    /// <param name="database">Where.</param>
    /// <param name="id">The account's.</param>
    /// <param name="version">Of the state that the new one was made from.</param>
    /// <param name="document">The new state; <c>null</c> deletes.</param>
    /// <param name="notAfter">The time in microseconds until which claims made for the new state are safe; <c>null</c> without any.</param>
    /// <returns>The new epoch, or <c>null</c>: somebody changed the account meanwhile, or it got too late.</returns>
    public async Task<long?> ReplaceAsync(IDatabase database, AccountId id, string version, byte[]? document, long? notAfter)
    {
        var epoch = await database.ScriptEvaluateAsync(
            RedisScript.Change,
            [names.Account(id)],
            [
                version,
                document ?? RedisValue.EmptyString,
                notAfter is { } time ? time.ToString(CultureInfo.InvariantCulture) : NoTime,
                TraceMilliseconds,
            ]);
        return (string?)epoch is { Length: > 0 } digits ? long.Parse(digits, CultureInfo.InvariantCulture) : null;
    }

    /// <exception cref="AccountStoreUnavailableException">Another version's, or nobody's.</exception>
    public static Account Parse(AccountId id, byte[] document)
    {
        var account = AccountDocument.ReadOne(document, out var errors);
        return account is not null && account.Id == id
            ? account
            : throw new AccountStoreUnavailableException($"The record of account '{id}' in Redis is broken: {string.Join("; ", errors)}");
    }

    private static long ParseEpoch(AccountId id, RedisValue epoch) => epoch.TryParse(out long value)
        ? value
        : throw new AccountStoreUnavailableException($"The record of account '{id}' in Redis is broken: its epoch is no number");
}
