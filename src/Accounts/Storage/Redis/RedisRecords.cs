using System.Globalization;
using Eventicat.Accounts.Storage.Documents;
using StackExchange.Redis;

namespace Eventicat.Accounts.Storage.Redis;

/// <summary>The accounts' hashes: one account's whole truth each, replaced by compare-and-set on its version.</summary>
/// <param name="names">Where they are.</param>
/// <param name="broken">Is told which of them can be read; <c>null</c>: nobody is, beside the caller.</param>
internal sealed class RedisRecords(RedisNames names, BrokenRecords? broken = null)
{
    private const string NoTime = "0";
    private const string OtherType = "something else is stored under its name";
    private static readonly RedisValue[] ReadFields = [RedisNames.DocumentField, RedisNames.EpochField];
    private static readonly RedisValue[] ChangeFields = [RedisNames.DocumentField, RedisNames.EpochField, RedisNames.TraceField];
    private static readonly RedisValue TraceMilliseconds = ClaimTime.SafeMicroseconds / 1000;

    public async Task<AccountSnapshot?> ReadAsync(IDatabase database, AccountId id)
    {
        var values = await ReadAsync(database, id, ReadFields);
        var snapshot = values[0].IsNull ? null : new AccountSnapshot(Parse(id, (byte[])values[0]!), ParseEpoch(id, values[1]));
        broken?.Read(id);
        return snapshot;
    }

    public async Task<RedisRecord> ReadForChangeAsync(IDatabase database, AccountId id)
    {
        var values = await ReadAsync(database, id, ChangeFields);
        // A record without one gets it with the change.
        var version = values[1].IsNull ? values[2] : values[1];
        return new RedisRecord(values[0], version.IsNull ? RedisRecord.NeverThere : ParseEpoch(id, version).ToString(CultureInfo.InvariantCulture));
    }

    public async Task<long?> ReadEpochAsync(IDatabase database, AccountId id)
    {
        try
        {
            var epoch = await database.HashGetAsync(names.Account(id), RedisNames.EpochField, CommandFlags.DemandMaster);
            return epoch.IsNull ? null : ParseEpoch(id, epoch);
        }
        catch (RedisServerException exception) when (IsOfAnotherType(exception))
        {
            throw Broken(id, OtherType);
        }
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
    public Account Parse(AccountId id, byte[] document)
    {
        var account = AccountDocument.ReadOne(document, out var errors);
        return account is not null && account.Id == id
            ? account
            : throw Broken(id, "its document is none", string.Join("; ", errors));
    }

    private async Task<RedisValue[]> ReadAsync(IDatabase database, AccountId id, RedisValue[] fields)
    {
        try
        {
            // A replica may lag behind a revocation.
            return await database.HashGetAsync(names.Account(id), fields, CommandFlags.DemandMaster);
        }
        catch (RedisServerException exception) when (IsOfAnotherType(exception))
        {
            throw Broken(id, OtherType);
        }
    }

    /// <remarks>The client takes a missing one for 0.</remarks>
    private long ParseEpoch(AccountId id, RedisValue epoch) =>
        !epoch.IsNull && epoch.TryParse(out long value) ? value : throw Broken(id, epoch.IsNull ? "it has no epoch" : "its epoch is no number");

    /// <param name="id">Whose.</param>
    /// <param name="reason">For the log.</param>
    /// <param name="detail">For whoever asked, who may see what is stored.</param>
    private AccountStoreUnavailableException Broken(AccountId id, string reason, string? detail = null)
    {
        broken?.Found(id, reason);
        return new AccountStoreUnavailableException($"The record of account '{id}' in Redis is broken: {detail ?? reason}");
    }

    private static bool IsOfAnotherType(RedisServerException exception) => exception.Message.StartsWith("WRONGTYPE", StringComparison.Ordinal);
}
