using Microsoft.Data.Sqlite;

namespace Eventicat.EventSink.Storage.Sqlite;

/// <summary>One read-only connection with its statements.</summary>
internal sealed class SqliteReader : IDisposable
{
    private const string Columns = "seq, id, received, request_id, client_id, name, timestamp, value, description, tags, data";
    private const string Owned = "FROM event WHERE account = $account AND aggregator = $aggregator AND seq < $before";

    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _all;
    private readonly SqliteCommand _named;

    public SqliteReader(SqliteDatabase database)
    {
        _connection = database.OpenForReading();
        _all = _connection.Prepare(
            $"SELECT {Columns} {Owned} ORDER BY seq DESC LIMIT $limit", "$account", "$aggregator", "$before", "$limit");
        _named = _connection.Prepare(
            $"SELECT {Columns} {Owned} AND name = $name ORDER BY seq DESC LIMIT $limit",
            "$account", "$aggregator", "$before", "$limit", "$name");
    }

    public EventPage Read(EventQuery query)
    {
        var command = query.Name is null ? _all : _named;
        command.Parameters[0].Value = query.Owner.Account;
        command.Parameters[1].Value = query.Owner.Aggregator;
        command.Parameters[2].Value = query.Before ?? long.MaxValue;
        // One more, to know whether there is another page.
        command.Parameters[3].Value = query.Limit + 1;
        if (query.Name is not null)
        {
            command.Parameters[4].Value = query.Name;
        }

        var events = new List<StoredEvent>();
        long? next = null;
        using var row = command.ExecuteReader();
        while (row.Read())
        {
            if (events.Count == query.Limit)
            {
                return new EventPage(events, next);
            }

            next = row.GetInt64(0);
            events.Add(Read(row, query.Owner));
        }

        return new EventPage(events, Next: null);
    }

    public void Dispose()
    {
        _all.Dispose();
        _named.Dispose();
        _connection.Dispose();
    }

    private static StoredEvent Read(SqliteDataReader row, EventOwner owner) =>
        new(new Receipt(Guid.Parse(row.GetString(1)), Time(row.GetInt64(2))), new NewEvent
        {
            Owner = owner,
            RequestId = Text(row, 3),
            ClientId = Text(row, 4),
            Name = row.GetString(5),
            Timestamp = row.IsDBNull(6) ? null : Time(row.GetInt64(6)),
            Value = row.IsDBNull(7) ? null : row.GetDouble(7),
            Description = Text(row, 8),
            Tags = row.GetString(9),
            Data = Text(row, 10),
        });

    private static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static DateTimeOffset Time(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
}
