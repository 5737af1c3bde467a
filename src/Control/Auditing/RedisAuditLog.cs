using System.Globalization;
using Eventicat.Accounts.Auditing;
using Eventicat.Accounts.Storage.Redis;
using Eventicat.Control.Storage.Redis;
using StackExchange.Redis;

namespace Eventicat.Control.Auditing;

/// <summary>The audit log as streams: one of all entries, and one per account.</summary>
internal sealed class RedisAuditLog(ControlNames names, RedisCalls calls) : IAuditLog
{
    public Task AppendAsync(AuditEntry entry, CancellationToken cancellationToken)
    {
        RedisKey[] streams = entry.Account is { } account ? [names.Audit(null), names.Audit(account)] : [names.Audit(null)];
        return calls.RunAsync(
            (database, _) => database.ScriptEvaluateAsync(
                ControlScript.AppendAudit, streams, [AuditLimits.All, AuditLimits.OfOneAccount, AuditJson.Write(entry)]),
            cancellationToken);
    }

    public Task<AuditPage> ReadAsync(AuditQuery query, CancellationToken cancellationToken) =>
        calls.RunAsync(
            async (database, _) =>
            {
                var entries = await database.StreamRangeAsync(
                    names.Audit(query.Account), minId: "-", maxId: IsCursor(query.Before) ? $"({query.Before}" : "+",
                    count: query.Limit + 1, messageOrder: Order.Descending, flags: CommandFlags.DemandMaster);
                return new AuditPage(
                    [.. entries.Take(query.Limit).Select(entry => AuditJson.Read(entry["entry"]!))],
                    entries.Length > query.Limit ? entries[query.Limit - 1].Id.ToString() : null);
            },
            cancellationToken);

    /// <summary>Redis would refuse anything else: a cursor comes from outside.</summary>
    private static bool IsCursor(string? text) =>
        text?.Split('-') is [var milliseconds, var sequence] && IsNumber(milliseconds) && IsNumber(sequence);

    private static bool IsNumber(string text) => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _);
}
