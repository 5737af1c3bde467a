using Microsoft.Data.Sqlite;

namespace Eventicat.EventSink.Storage.Sqlite;

/// <summary>One read-only connection with its statement.</summary>
internal sealed class SqliteReader : IDisposable
{
    private const string Newest = """
        SELECT id, received, request_id, client_id, name, timestamp, value, description, tags, data
        FROM event WHERE account = $account AND aggregator = $aggregator ORDER BY seq DESC LIMIT $limit
        """;

    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _newest;

    public SqliteReader(SqliteDatabase database)
    {
        _connection = database.OpenForReading();
        _newest = _connection.Prepare(Newest, "$account", "$aggregator", "$limit");
    }

    public List<StoredEvent> ReadNewest(EventOwner owner, int limit)
    {
        _newest.Parameters[0].Value = owner.Account;
        _newest.Parameters[1].Value = owner.Aggregator;
        _newest.Parameters[2].Value = limit;
        var events = new List<StoredEvent>();
        using var row = _newest.ExecuteReader();
        while (row.Read())
        {
            events.Add(new StoredEvent(new Receipt(Guid.Parse(row.GetString(0)), Time(row.GetInt64(1))), new NewEvent
            {
                Owner = owner,
                RequestId = Text(row, 2),
                ClientId = Text(row, 3),
                Name = row.GetString(4),
                Timestamp = row.IsDBNull(5) ? null : Time(row.GetInt64(5)),
                Value = row.IsDBNull(6) ? null : row.GetDouble(6),
                Description = Text(row, 7),
                Tags = row.GetString(8),
                Data = Text(row, 9),
            }));
        }

        return events;
    }

    public void Dispose()
    {
        _newest.Dispose();
        _connection.Dispose();
    }

    private static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static DateTimeOffset Time(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
}
