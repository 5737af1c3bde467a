using System.Globalization;
using Eventicat.Accounts;
using Eventicat.Accounts.Storage.Redis;
using Eventicat.Redis;
using StackExchange.Redis;

namespace Eventicat.Control.AccountStorage.Redis;

/// <summary>The accounts' hashes as their writers see them: each is replaced by compare-and-set on its version.</summary>
internal sealed class RedisAccountRecords(RedisNames names, RedisRecordReader reader)
{
    private const string NoTime = "0";
    private static readonly string Change = RedisScript.Load(typeof(RedisAccountRecords), "replace_account.lua");
    private static readonly RedisValue[] Fields = [RedisNames.DocumentField, RedisNames.EpochField, RedisNames.TraceField];
    private static readonly RedisValue TraceMilliseconds = ClaimTime.SafeMicroseconds / 1000;

    public Task<AccountSnapshot?> ReadAsync(IDatabase database, AccountId id) => reader.ReadAsync(database, id);

    public async Task<RedisRecord> ReadForChangeAsync(IDatabase database, AccountId id)
    {
        var values = await reader.ReadFieldsAsync(database, id, Fields);
        // A record without one gets it with the change.
        var version = values[1].IsNull ? values[2] : values[1];
        return new RedisRecord(values[0], version.IsNull ? RedisRecord.NeverThere : reader.ParseEpoch(id, version).ToString(CultureInfo.InvariantCulture));
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
            Change,
            [names.Account(id)],
            [
                version,
                document ?? RedisValue.EmptyString,
                notAfter is { } time ? time.ToString(CultureInfo.InvariantCulture) : NoTime,
                TraceMilliseconds,
            ]);
        return (string?)epoch is { Length: > 0 } digits ? long.Parse(digits, CultureInfo.InvariantCulture) : null;
    }

    /// <inheritdoc cref="RedisRecordReader.Parse"/>
    public Account Parse(AccountId id, byte[] document) => reader.Parse(id, document);
}

/// <summary>What a writer has read of an account, and what it must find unchanged when it writes.</summary>
/// <param name="Document">The account's JSON; <c>null</c> when there is no account.</param>
/// <param name="Version">The epoch, or the trace of a deleted account, or <see cref="NeverThere"/>.</param>
internal readonly record struct RedisRecord(byte[]? Document, string Version)
{
    public const string NeverThere = "0";

    public long Epoch => long.Parse(Version, CultureInfo.InvariantCulture);
}
