using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting.Compact;

namespace Eventicat.TestSupport;

/// <summary>
/// Everything that is logged: by a service, as its output would show it but before the mask, since a test must see what
/// the mask would hide; or by a class of its own, through the logger that it is given.
/// </summary>
public sealed class CapturedLog : ILogEventSink
{
    private readonly Lock _gate = new();
    private readonly StringBuilder _text = new();
    private readonly List<LogEvent> _events = [];
    private readonly List<(LogLevel Level, string Name, string Text)> _lines = [];
    private readonly CompactJsonFormatter _structured = new();
    private readonly RenderedCompactJsonFormatter _renderedJson = new();

    /// <value>What a service has logged, with its properties.</value>
    public IReadOnlyList<LogEvent> Events => Read(() => _events.ToList());

    /// <value>The level and the message of each line.</value>
    public IReadOnlyList<(LogLevel Level, string Text)> Lines => Read(() => _lines.ConvertAll(line => (line.Level, line.Text)));

    /// <value>The message of each line.</value>
    public IReadOnlyList<string> Rendered => Read(() => _lines.ConvertAll(line => line.Text));

    /// <value>The name of each event.</value>
    public IReadOnlyList<string> Names => Read(() => _lines.ConvertAll(line => line.Name));

    /// <summary>A logger for one class.</summary>
    public ILogger<T> For<T>() => new Logger<T>(this);

    /// <summary>Loggers for all classes that a container makes.</summary>
    public ILoggerProvider ToProvider() => new Provider(this);

    public void Emit(LogEvent logEvent)
    {
        ArgumentNullException.ThrowIfNull(logEvent);
        using var text = new StringWriter();
        _structured.Format(logEvent, text);
        _renderedJson.Format(logEvent, text);
        text.Write(logEvent.Exception);
        var name = (logEvent.Properties.GetValueOrDefault("EventId") as StructureValue)?.Properties.FirstOrDefault(part => part.Name == "Name")?.Value as ScalarValue;
        lock (_gate)
        {
            _events.Add(logEvent);
            Add((LogLevel)logEvent.Level, $"{name?.Value}", logEvent.RenderMessage(CultureInfo.InvariantCulture), text.ToString());
        }
    }

    /// <summary>All of it, in every form.</summary>
    public override string ToString() => Read(_text.ToString);

    private void Add(LogLevel level, string name, string message, string text)
    {
        _lines.Add((level, name, message));
        _text.AppendLine(text);
    }

    private TResult Read<TResult>(Func<TResult> read)
    {
        lock (_gate)
        {
            return read();
        }
    }

    private sealed class Provider(CapturedLog log) : ILoggerProvider
    {
        public ILogger CreateLogger(string categoryName) => log.For<CapturedLog>();

        public void Dispose()
        {
        }
    }

    private sealed class Logger<T>(CapturedLog log) : ILogger<T>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var message = formatter(state, exception);
            lock (log._gate)
            {
                log.Add(logLevel, eventId.Name ?? "", message, $"{message}{Environment.NewLine}{exception}");
            }
        }
    }
}
