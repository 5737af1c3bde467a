using System.Globalization;
using Eventicat.Accounts;
using Eventicat.Accounts.Storage.Redis;
using Eventicat.Redis;
using StackExchange.Redis;

namespace Eventicat.Control.AccountStorage.Redis;

/// <summary>
/// Claims and drops hints around the change of a record. The record is the truth: a hint that its account's record
/// does not bear out means nothing to readers, so that a crash at any point leaves the old or the new state.
/// </summary>
internal sealed class RedisHints(RedisNames names, RedisAccountRecords records)
{
    private static readonly string Claim = RedisScript.Load(typeof(RedisHints), "claim_hint.lua");
    private static readonly string Drop = RedisScript.Load(typeof(RedisHints), "drop_hint.lua");

    /// <param name="database">Where.</param>
    /// <param name="account">Whose they shall be.</param>
    /// <param name="hints">What nobody else may have.</param>
    /// <param name="now">Redis's time, or a little earlier.</param>
    public async Task<Claims> ClaimAsync(IDatabase database, AccountId account, IReadOnlyList<RedisHint> hints, long now)
    {
        var claims = await Task.WhenAll(hints.Select(hint => ClaimAsync(database, account, hint, now)));
        for (var i = 0; i < claims.Length; i++)
        {
            if (claims[i] is null)
            {
                return new Claims(hints[i].Subject, null);
            }
        }

        return new Claims(null, claims.Min() is { } first ? ClaimTime.NotAfter(first) : null);
    }

    /// <summary>What the hints say now, for <see cref="DropAsync"/> after the record has been changed.</summary>
    public static Task<RedisValue[]> ReadAsync(IDatabase database, IReadOnlyList<RedisHint> hints) =>
        Task.WhenAll(hints.Select(hint => database.StringGetAsync(hint.Key, CommandFlags.DemandMaster)));

    public static Task DropAsync(IDatabase database, IReadOnlyList<RedisHint> hints, RedisValue[] values) =>
        Task.WhenAll(hints.Select((hint, i) => database.ScriptEvaluateAsync(Drop, [hint.Key], [values[i]])));

    /// <returns>The claim's time, or <c>null</c>: another account has it, or may be about to.</returns>
    private async Task<long?> ClaimAsync(IDatabase database, AccountId account, RedisHint hint, long now)
    {
        // Mostly nobody has it, and this costs Redis less than the script.
        if (await database.StringSetAsync(hint.Key, string.Create(CultureInfo.InvariantCulture, $"{account} {now}"), when: When.NotExists))
        {
            return now;
        }

        var (time, held) = await ClaimAsync(database, account, hint, RedisValue.EmptyString);
        if (time is null && !await IsBorneOutAsync(database, hint, held))
        {
            (time, _) = await ClaimAsync(database, account, hint, held);
        }

        return time;
    }

    private async Task<bool> IsBorneOutAsync(IDatabase database, RedisHint hint, RedisValue held) =>
        RedisHint.TryParseHolder(held, out var holder)
        && await records.ReadAsync(database, holder) is { } snapshot
        && RedisHint.Of(snapshot.Account, names).Contains(hint);

    private static async Task<(long? Time, RedisValue Held)> ClaimAsync(
        IDatabase database, AccountId account, RedisHint hint, RedisValue dangling)
    {
        var reply = await database.ScriptEvaluateAsync(
            Claim,
            [hint.Key],
            [account.ToString(), dangling, ClaimTime.SafeMicroseconds.ToString(CultureInfo.InvariantCulture)]);
        return (int)reply[0] == 1 ? (ClaimTime.Parse(reply[1]), default) : (null, (RedisValue)reply[1]);
    }

    /// <param name="Conflict">The first subject that could not be claimed.</param>
    /// <param name="NotAfter">Until when the record has to be written; <c>null</c> when nothing had to be claimed.</param>
    internal readonly record struct Claims(string? Conflict, long? NotAfter);
}
