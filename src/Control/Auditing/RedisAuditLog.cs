using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Eventicat.Accounts;
using Eventicat.Control.Storage.Redis;
using Eventicat.Redis;
using StackExchange.Redis;

namespace Eventicat.Control.Auditing;

/// <summary>
/// The audit log as sorted sets in the order of a counter: one of all entries, and one per account. Streams would be
/// smaller, but not every server that speaks Redis has them.
/// </summary>
internal sealed class RedisAuditLog(ControlNames names, RedisCalls calls) : IAuditLog
{
    internal static readonly string Append = RedisScript.Load(typeof(RedisAuditLog), "append_audit.lua");

    public Task AppendAsync(AuditEntry entry, CancellationToken cancellationToken)
    {
        RedisKey[] keys = entry.Account is { } account
            ? [names.AuditCounter, names.Audit(null), names.Audit(account)]
            : [names.AuditCounter, names.Audit(null)];
        return calls.RunAsync(
            (database, _) => database.ScriptEvaluateAsync(
                Append, keys, [AuditLimits.All, AuditLimits.OfOneAccount, AuditJson.Write(entry)]),
            cancellationToken);
    }

    public Task<AuditPage> ReadAsync(AuditQuery query, CancellationToken cancellationToken) =>
        calls.RunAsync(
            async (database, _) =>
            {
                var before = long.TryParse(query.Before, NumberStyles.None, CultureInfo.InvariantCulture, out var cursor)
                    ? cursor
                    : double.PositiveInfinity;
                var entries = await database.SortedSetRangeByScoreWithScoresAsync(
                    names.Audit(query.Account), stop: before, exclude: Exclude.Stop, order: Order.Descending,
                    take: query.Limit + 1, flags: CommandFlags.DemandMaster);
                return new AuditPage(
                    [.. entries.Take(query.Limit).Select(entry => Read(entry.Element!))],
                    entries.Length > query.Limit ? entries[query.Limit - 1].Score.ToString("F0", CultureInfo.InvariantCulture) : null);
            },
            cancellationToken);

    /// <summary>The number before the colon keeps equal entries apart.</summary>
    private static AuditEntry Read(string member) => AuditJson.Read(member[(member.IndexOf(':', StringComparison.Ordinal) + 1)..]);
}

/// <summary>An entry as it is written into Redis.</summary>
internal sealed record AuditJson(DateTimeOffset Time, string Actor, string Action, string? Account, string Subject, string Detail)
{
    public static string Write(AuditEntry entry) => JsonSerializer.Serialize(
        new AuditJson(entry.Time, entry.Actor, entry.Action, entry.Account?.ToString(), entry.Subject, entry.Detail),
        AuditJsonContext.Default.AuditJson);

    public static AuditEntry Read(string json)
    {
        var read = JsonSerializer.Deserialize(json, AuditJsonContext.Default.AuditJson)!;
        return new(
            read.Time, read.Actor, read.Action, AccountId.TryParse(read.Account, out var account) ? account : null, read.Subject, read.Detail);
    }
}

[JsonSerializable(typeof(AuditJson))]
internal sealed partial class AuditJsonContext : JsonSerializerContext;
