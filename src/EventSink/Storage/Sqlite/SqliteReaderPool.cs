using System.Collections.Concurrent;

namespace Eventicat.EventSink.Storage.Sqlite;

/// <summary>A few readers: enough to use the processors, too few to starve the requests that store.</summary>
internal sealed class SqliteReaderPool(SqliteDatabase database) : IDisposable
{
    private const int Size = 4;

    private readonly SemaphoreSlim _free = new(Size);
    private readonly ConcurrentBag<SqliteReader> _idle = [];

    public async Task<EventPage> ReadAsync(EventQuery query, CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken);
        try
        {
            var reader = _idle.TryTake(out var idle) ? idle : new SqliteReader(database);
            var page = ReadOrDispose(reader, query);
            _idle.Add(reader);
            return page;
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

    private static EventPage ReadOrDispose(SqliteReader reader, EventQuery query)
    {
        try
        {
            return reader.Read(query);
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }
}
