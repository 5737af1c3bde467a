using System.Security.Cryptography;
using Eventicat.Accounts;
using Eventicat.Accounts.Storage.Redis;
using Eventicat.Redis;
using StackExchange.Redis;

namespace Eventicat.Control.AccountStorage.Redis;

/// <summary>
/// The ids of all accounts in order, in a slot of its own. An account enters before its record is written and leaves
/// after its record was deleted, so every record has its entry; an entry without a record means nothing.
/// </summary>
/// <remarks>
/// Leaving must not take away the entry of an account that was created again meanwhile. So it takes two steps: a
/// writer first announces it, under a token of its own, and after the deletion it removes the entry only if its token
/// still stands. Whoever enters removes the announcement. What is left is a writer that entered before the
/// announcement and writes after the deletion: to that one the deleted account's trace, which stays longer than an
/// entry may wait for its record, says that the account has changed.
/// </remarks>
internal sealed class RedisAccountIndex(RedisNames names)
{
    private static readonly string Enter = RedisScript.Load(typeof(RedisAccountIndex), "enter_index.lua");
    private static readonly string Leave = RedisScript.Load(typeof(RedisAccountIndex), "leave_index.lua");

    /// <summary>An entry that is no id and sorts before all of them: the index has what was stored before there was one.</summary>
    private const string Complete = "!";

    /// <summary>Sorts after every character of an id.</summary>
    private const string Last = "~";

    private const int TokenLength = 32;

    /// <summary>A crash leaves an announcement behind. Nothing follows from it, and it need not stay.</summary>
    private static readonly TimeSpan AnnouncementLifetime = TimeSpan.FromMinutes(1);

    /// <returns>Redis's time in microseconds, a claim's: the records have to be written by <see cref="ClaimTime.NotAfter"/>.</returns>
    public async Task<long> EnterAsync(IDatabase database, IEnumerable<AccountId> accounts)
    {
        var time = await database.ScriptEvaluateAsync(
            Enter, [names.Accounts, names.Leaving], [.. accounts.Select(id => (RedisValue)id.ToString())]);
        return ClaimTime.Parse(time);
    }

    /// <returns>The token for <see cref="LeaveAsync"/>.</returns>
    public async Task<string> AnnounceAsync(IDatabase database, AccountId account)
    {
        var token = RandomNumberGenerator.GetHexString(TokenLength);
        await Task.WhenAll(
            database.HashSetAsync(names.Leaving, account.ToString(), token),
            database.KeyExpireAsync(names.Leaving, AnnouncementLifetime));
        return token;
    }

    public Task LeaveAsync(IDatabase database, AccountId account, string token) =>
        database.ScriptEvaluateAsync(Leave, [names.Accounts, names.Leaving], [account.ToString(), token]);

    /// <summary>Adds what is found to be stored. No claim: an announcement stands, since no record follows.</summary>
    public Task AddAsync(IDatabase database, IEnumerable<AccountId> accounts) =>
        database.SortedSetAddAsync(names.Accounts, [.. accounts.Select(id => new SortedSetEntry(id.ToString(), 0))]);

    public Task CompleteAsync(IDatabase database) => database.SortedSetAddAsync(names.Accounts, Complete, 0);

    /// <param name="database">Where.</param>
    /// <param name="prefix">What the entries start with.</param>
    /// <param name="after">They are after this one; <c>null</c> for the start.</param>
    /// <param name="count">The most entries.</param>
    /// <returns>The entries, or <c>null</c>: the index is not complete yet.</returns>
    public async Task<RedisValue[]?> ReadAsync(IDatabase database, string prefix, string? after, int count)
    {
        var complete = database.SortedSetScoreAsync(names.Accounts, Complete, CommandFlags.DemandMaster);
        var (from, exclude) = after is not null && string.CompareOrdinal(after, prefix) >= 0 ? (after, Exclude.Both)
            : prefix.Length > 0 ? (prefix, Exclude.Stop)
            : (Complete, Exclude.Both);
        var entries = database.SortedSetRangeByValueAsync(
            names.Accounts,
            from,
            prefix + Last,
            exclude,
            Order.Ascending,
            take: count,
            flags: CommandFlags.DemandMaster);
        return await complete is null ? null : await entries;
    }
}
