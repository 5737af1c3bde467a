using Dapper;

namespace Eventicat.Control.Storage.Sqlite;

/// <summary>Records in the SQLite file. Expired ones go with the next that expires.</summary>
internal sealed class SqliteRecordStore(ControlDatabase database, TimeProvider time) : IRecordStore
{
    private const string Find = """
        SELECT id, version, json FROM record WHERE kind = @kind AND id = @id AND (expires IS NULL OR expires > @now)
        """;

    private const string Insert = """
        INSERT INTO record (kind, id, version, json, expires) VALUES (@kind, @id, 1, @json, @expires)
        ON CONFLICT (kind, id) DO UPDATE SET version = 1, json = excluded.json, expires = excluded.expires
        WHERE record.expires <= @now
        """;

    private const string Update = """
        UPDATE record SET version = version + 1, json = @json, expires = @expires
        WHERE kind = @kind AND id = @id AND version = @version AND (expires IS NULL OR expires > @now)
        """;

    private const string List = """
        SELECT id, version, json FROM record WHERE kind = @kind AND id > @after AND expires IS NULL ORDER BY id LIMIT @limit
        """;

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    public Task<StoredRecord?> FindAsync(string kind, string id, CancellationToken cancellationToken) =>
        Task.FromResult(database.Read(null, connection => connection.QuerySingleOrDefault<StoredRecord>(Find, new { kind, id, now = Now })));

    public Task<bool> TryPutAsync(string kind, StoredRecord record, DateTimeOffset? expires, CancellationToken cancellationToken) =>
        RunAsync(connection =>
        {
            if (expires is not null)
            {
                connection.Execute("DELETE FROM record WHERE expires <= @now", new { now = Now });
            }

            var values = new { kind, id = record.Id, version = record.Version, json = record.Json, expires = expires?.ToUnixTimeMilliseconds(), now = Now };
            return connection.Execute(record.Version == 0 ? Insert : Update, values) == 1;
        });

    public Task<bool> DeleteAsync(string kind, string id, CancellationToken cancellationToken) =>
        RunAsync(connection => connection.Execute("DELETE FROM record WHERE kind = @kind AND id = @id", new { kind, id }) == 1);

    public Task<IReadOnlyList<StoredRecord>> ListAsync(string kind, string? after, int limit, CancellationToken cancellationToken) =>
        Task.FromResult(database.Read<IReadOnlyList<StoredRecord>>([], connection =>
            [.. connection.Query<StoredRecord>(List, new { kind, after = after ?? "", limit })]));

    /// <summary>SQLite has no asynchronous calls; these are short.</summary>
    private Task<T> RunAsync<T>(Func<Microsoft.Data.Sqlite.SqliteConnection, T> call) => Task.FromResult(database.Run(call));
}
