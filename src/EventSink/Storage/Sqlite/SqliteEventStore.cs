using Eventicat.Hosting.Files;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace Eventicat.EventSink.Storage.Sqlite;

/// <summary>Events in one SQLite file in WAL mode: a commit is one append to the WAL and one sync of it.</summary>
internal sealed class SqliteEventStore : IEventStore
{
    private readonly SqliteDatabase _database;
    private readonly SqliteReaderPool _readers;
    private SqliteWriter? _writer;

    // Never used, only open: as long as one connection is, SQLite remembers where the last good commit ends. Without it
    // the next writer would recover from the log, and find there the whole of a commit that failed in its sync.
    private SqliteConnection? _anchor;

    public SqliteEventStore(IOptions<StorageOptions> options)
    {
        _database = new SqliteDatabase(options.Value);
        _readers = new SqliteReaderPool(_database);
    }

    public Guid? Open() => Guard("open", () => Writer().NewestId());

    public Receipt[] Commit(IReadOnlyList<EventEntry> group) =>
        Guard("write to", () => group.Count > 0 ? Writer().Commit(group) : Repair());

    public async Task<EventPage> ReadAsync(EventQuery query, CancellationToken cancellationToken)
    {
        try
        {
            return await _readers.ReadAsync(query, cancellationToken);
        }
        catch (SqliteException exception)
        {
            throw Unavailable("read", exception);
        }
    }

    public void Dispose()
    {
        // The last connection to close folds the log into the file, which a reader is not allowed to.
        _readers.Dispose();
        _anchor?.Dispose();
        DiscardWriter();
    }

    private SqliteWriter Writer()
    {
        DurableFolder.Create(_database.Folder);
        _writer ??= new SqliteWriter(_database);
        _anchor ??= _database.OpenForReading();
        return _writer;
    }

    private Receipt[] Repair()
    {
        Writer();
        return [];
    }

    private T Guard<T>(string action, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception exception)
        {
            DiscardWriter();
            if (exception is SqliteException or IOException or UnauthorizedAccessException)
            {
                throw Unavailable(action, exception);
            }

            throw;
        }
    }

    private EventStoreUnavailableException Unavailable(string action, Exception exception) =>
        new($"Cannot {action} the events in Storage:Path '{_database.Folder}'", exception);

    private void DiscardWriter()
    {
        try
        {
            _writer?.Dispose();
        }
        catch (SqliteException)
        {
            // Closing rolls back and may meet the same broken disk; the connection is given up either way.
        }

        _writer = null;
    }
}
