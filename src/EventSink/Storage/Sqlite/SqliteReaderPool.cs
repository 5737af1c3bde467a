using System.Collections.Concurrent;

namespace Eventicat.EventSink.Storage.Sqlite;

/// <summary>A few readers: enough to use the processors, too few to starve the requests that store.</summary>
internal sealed class SqliteReaderPool(SqliteDatabase database) : IDisposable
{
    private const int Size = 4;

    private readonly SemaphoreSlim _free = new(Size);
    private readonly ConcurrentBag<SqliteReader> _idle = [];

    public async Task<IReadOnlyList<StoredEvent>> ReadNewestAsync(EventOwner owner, int limit, CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken);
        try
        {
            var reader = _idle.TryTake(out var idle) ? idle : new SqliteReader(database);
            var events = ReadOrDispose(reader, owner, limit);
            _idle.Add(reader);
            return events;
        }
        finally
        {
            _free.Release();
        }
    }

    public void Dispose()
    {
        while (_idle.TryTake(out var reader))
        {
            reader.Dispose();
        }

        _free.Dispose();
    }

    private static List<StoredEvent> ReadOrDispose(SqliteReader reader, EventOwner owner, int limit)
    {
        try
        {
            return reader.ReadNewest(owner, limit);
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }
}
