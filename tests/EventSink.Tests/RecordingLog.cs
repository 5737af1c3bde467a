using System.Collections.Concurrent;
using System.Globalization;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting.Compact;

namespace Eventicat.EventSink.Tests;

/// <summary>Keeps every log line as stdout would show it.</summary>
internal sealed class RecordingLog : ILogEventSink
{
    private readonly ConcurrentQueue<LogEvent> _events = [];

    public IReadOnlyCollection<LogEvent> Events => _events;

    public void Emit(LogEvent logEvent) => _events.Enqueue(logEvent);

    public string Text()
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        var formatter = new RenderedCompactJsonFormatter();
        foreach (var item in _events)
        {
            formatter.Format(item, writer);
        }

        return writer.ToString();
    }
}
