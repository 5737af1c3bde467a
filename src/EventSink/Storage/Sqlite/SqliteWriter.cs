using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Eventicat.EventSink.Storage.Sqlite;

/// <summary>The one writing connection. After any failure it is thrown away, never used again.</summary>
internal sealed class SqliteWriter : IDisposable
{
    private const string Insert = """
        INSERT INTO event (id, account, aggregator, request_id, client_id, name, timestamp, received, value, description, tags, data)
        VALUES ($id, $account, $aggregator, $request, $client, $name, $timestamp, $received, $value, $description, $tags, $data)
        ON CONFLICT (account, request_id) WHERE request_id IS NOT NULL DO NOTHING
        """;

    private const string Find = "SELECT id, received FROM event WHERE account = $account AND request_id = $request";

    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _insert;
    private readonly SqliteCommand _find;

    public SqliteWriter(SqliteDatabase database)
    {
        _connection = database.OpenForWriting();
        try
        {
            SqliteSchema.Ensure(_connection);
            SyncWhatIsVisible();
            _insert = _connection.Prepare(
                Insert, "$id", "$account", "$aggregator", "$request", "$client", "$name", "$timestamp", "$received", "$value", "$description", "$tags", "$data");
            _find = _connection.Prepare(Find, "$account", "$request");
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
    }

    public Guid? NewestId() =>
        _connection.Scalar("SELECT id FROM event ORDER BY seq DESC LIMIT 1") is string id ? Guid.Parse(id) : null;

    public Receipt[] Commit(IReadOnlyList<EventEntry> group)
    {
        using var transaction = _connection.BeginTransaction(deferred: false);
        _insert.Transaction = transaction;
        _find.Transaction = transaction;
        var receipts = new Receipt[group.Count];
        for (var i = 0; i < receipts.Length; i++)
        {
            receipts[i] = TryInsert(group[i]) ? group[i].Receipt : FindFirst(group[i].Event);
        }

        transaction.Commit();
        return receipts;
    }

    public void Dispose()
    {
        _insert.Dispose();
        _find.Dispose();
        _connection.Dispose();
    }

    private bool TryInsert(EventEntry entry)
    {
        var (item, receipt) = entry;
        ReadOnlySpan<object?> values =
        [
            receipt.Id.ToString(), item.Owner.Account, item.Owner.Aggregator, item.RequestId, item.ClientId, item.Name,
            item.Timestamp?.ToUnixTimeMilliseconds(), receipt.Received.ToUnixTimeMilliseconds(), item.Value, item.Description, item.Tags, item.Data,
        ];
        for (var i = 0; i < values.Length; i++)
        {
            _insert.Parameters[i].Value = values[i] ?? DBNull.Value;
        }

        return _insert.ExecuteNonQuery() > 0;
    }

    private Receipt FindFirst(NewEvent item)
    {
        _find.Parameters[0].Value = item.Owner.Account;
        _find.Parameters[1].Value = item.RequestId;
        using var row = _find.ExecuteReader();
        row.Read();
        return new Receipt(Guid.Parse(row.GetString(0)), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1)));
    }

    /// <summary>
    /// A crash or a failed sync can leave a commit in the WAL that can be read but was never synced. A request sent
    /// again would be answered from it, and later commits would stand on it; so all of it goes to disk first.
    /// </summary>
    private void SyncWhatIsVisible()
    {
        if (Convert.ToInt32(_connection.Scalar("PRAGMA wal_checkpoint(TRUNCATE)"), CultureInfo.InvariantCulture) != 0)
        {
            throw new EventStoreUnavailableException("The write-ahead log is in use by another program");
        }
    }
}
