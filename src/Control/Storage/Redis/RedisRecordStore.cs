using System.Globalization;
using Eventicat.Redis;
using StackExchange.Redis;

namespace Eventicat.Control.Storage.Redis;

/// <summary>Records as hashes, and per kind an index in order of ids.</summary>
internal sealed class RedisRecordStore(ControlNames names, RedisCalls calls) : IRecordStore
{
    private static readonly string Put = RedisScript.Load(typeof(RedisRecordStore), "put_record.lua");
    private static readonly string Delete = RedisScript.Load(typeof(RedisRecordStore), "delete_record.lua");
    private static readonly RedisValue[] Fields = ["version", "json"];

    public Task<StoredRecord?> FindAsync(string kind, string id, CancellationToken cancellationToken) =>
        calls.RunAsync((database, _) => ReadAsync(database, kind, id), cancellationToken);

    public Task<bool> TryPutAsync(string kind, StoredRecord record, DateTimeOffset? expires, CancellationToken cancellationToken) =>
        calls.RunAsync(
            async (database, _) => (bool)await database.ScriptEvaluateAsync(
                Put,
                [names.Record(kind, record.Id), names.Index(kind)],
                [Text(record.Version), record.Json, record.Id, Text(expires?.ToUnixTimeMilliseconds() ?? 0)]),
            cancellationToken);

    public Task<bool> DeleteAsync(string kind, string id, CancellationToken cancellationToken) =>
        calls.RunAsync(
            async (database, _) => (bool)await database.ScriptEvaluateAsync(
                Delete, [names.Record(kind, id), names.Index(kind)], [id]),
            cancellationToken);

    public Task<IReadOnlyList<StoredRecord>> ListAsync(string kind, string? after, int limit, CancellationToken cancellationToken) =>
        calls.RunAsync<IReadOnlyList<StoredRecord>>(
            async (database, _) =>
            {
                var ids = await database.SortedSetRangeByValueAsync(
                    names.Index(kind), min: after ?? default(RedisValue), exclude: after is null ? Exclude.None : Exclude.Start,
                    take: limit, flags: CommandFlags.DemandMaster);
                var records = await Task.WhenAll(ids.Select(id => ReadAsync(database, kind, id!)));
                return [.. records.OfType<StoredRecord>()];
            },
            cancellationToken);

    private async Task<StoredRecord?> ReadAsync(IDatabase database, string kind, string id)
    {
        var values = await database.HashGetAsync(names.Record(kind, id), Fields, CommandFlags.DemandMaster);
        return values[0].IsNull ? null : new StoredRecord(id, (long)values[0], values[1]!);
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
