using Eventicat.Accounts.Storage.Documents;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Eventicat.Accounts.Storage.Redis;

/// <summary>Reads the accounts' hashes, of which each is one account's whole truth.</summary>
public sealed class RedisRecordReader
{
    private const string OtherType = "something else is stored under its name";
    private static readonly RedisValue[] Fields = [RedisNames.DocumentField, RedisNames.EpochField];

    private readonly RedisNames _names;
    private readonly BrokenRecords? _broken;

    /// <param name="names">Where they are.</param>
    /// <param name="logger">Where accounts are named that cannot be read; <c>null</c>: only whoever asks for one is told.</param>
    public RedisRecordReader(RedisNames names, ILogger? logger = null) =>
        (_names, _broken) = (names, logger is null ? null : new BrokenRecords(logger));

    /// <exception cref="AccountStoreUnavailableException">The record cannot be read.</exception>
    public async Task<AccountSnapshot?> ReadAsync(IDatabase database, AccountId id)
    {
        var values = await ReadFieldsAsync(database, id, Fields);
        var snapshot = values[0].IsNull ? null : new AccountSnapshot(Parse(id, (byte[])values[0]!), ParseEpoch(id, values[1]));
        _broken?.Read(id);
        return snapshot;
    }

    public async Task<long?> ReadEpochAsync(IDatabase database, AccountId id)
    {
        ArgumentNullException.ThrowIfNull(database);
        try
        {
            var epoch = await database.HashGetAsync(_names.Account(id), RedisNames.EpochField, CommandFlags.DemandMaster);
            return epoch.IsNull ? null : ParseEpoch(id, epoch);
        }
        catch (RedisServerException exception) when (IsOfAnotherType(exception))
        {
            throw Broken(id, OtherType);
        }
    }

    /// <summary>Some fields of an account's hash, as they are stored.</summary>
    public async Task<RedisValue[]> ReadFieldsAsync(IDatabase database, AccountId id, RedisValue[] fields)
    {
        ArgumentNullException.ThrowIfNull(database);
        try
        {
            // A replica may lag behind a revocation.
            return await database.HashGetAsync(_names.Account(id), fields, CommandFlags.DemandMaster);
        }
        catch (RedisServerException exception) when (IsOfAnotherType(exception))
        {
            throw Broken(id, OtherType);
        }
    }

    /// <exception cref="AccountStoreUnavailableException">Another version's, or nobody's.</exception>
    public Account Parse(AccountId id, byte[] document)
    {
        var account = AccountDocument.ReadOne(document, out var errors);
        return account is not null && account.Id == id
            ? account
            : throw Broken(id, "its document is none", string.Join("; ", errors));
    }

    /// <remarks>The client takes a missing one for 0.</remarks>
    public long ParseEpoch(AccountId id, RedisValue epoch) =>
        !epoch.IsNull && epoch.TryParse(out long value) ? value : throw Broken(id, epoch.IsNull ? "it has no epoch" : "its epoch is no number");

    /// <param name="id">Whose.</param>
    /// <param name="reason">For the log.</param>
    /// <param name="detail">For whoever asked, who may see what is stored.</param>
    private AccountStoreUnavailableException Broken(AccountId id, string reason, string? detail = null)
    {
        _broken?.Found(id, reason);
        return new AccountStoreUnavailableException($"The record of account '{id}' in Redis is broken: {detail ?? reason}");
    }

    private static bool IsOfAnotherType(RedisServerException exception) => exception.Message.StartsWith("WRONGTYPE", StringComparison.Ordinal);
}
