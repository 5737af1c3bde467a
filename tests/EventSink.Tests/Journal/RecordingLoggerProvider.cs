using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Eventicat.EventSink.Tests.Journal;

internal sealed class RecordingLoggerProvider : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> _events = [];

    /// <summary>Names of the events logged.</summary>
    public IReadOnlyCollection<string> Events => _events;

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _events.Enqueue(eventId.Name!);

    public void Dispose()
    {
    }
}
