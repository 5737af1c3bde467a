using System.Text;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting.Compact;

namespace Eventicat.TestSupport;

/// <summary>Everything a service logs, as its output would show it but before the mask: a test must see what the mask would hide.</summary>
public sealed class CapturedLog : ILogEventSink
{
    private readonly Lock _gate = new();
    private readonly StringBuilder _lines = new();
    private readonly CompactJsonFormatter _structured = new();
    private readonly RenderedCompactJsonFormatter _rendered = new();

    public void Emit(LogEvent logEvent)
    {
        ArgumentNullException.ThrowIfNull(logEvent);
        using var line = new StringWriter();
        _structured.Format(logEvent, line);
        _rendered.Format(logEvent, line);
        line.Write(logEvent.Exception);
        lock (_gate)
        {
            _lines.Append(line.GetStringBuilder()).AppendLine();
        }
    }

    public override string ToString()
    {
        lock (_gate)
        {
            return _lines.ToString();
        }
    }
}
