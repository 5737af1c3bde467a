using System.Globalization;
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
    private readonly List<string> _rendered = [];
    private readonly CompactJsonFormatter _structured = new();
    private readonly RenderedCompactJsonFormatter _renderedJson = new();

    /// <value>The message of each line.</value>
    public IReadOnlyList<string> Rendered
    {
        get
        {
            lock (_gate)
            {
                return [.. _rendered];
            }
        }
    }

    public void Emit(LogEvent logEvent)
    {
        ArgumentNullException.ThrowIfNull(logEvent);
        using var line = new StringWriter();
        _structured.Format(logEvent, line);
        _renderedJson.Format(logEvent, line);
        line.Write(logEvent.Exception);
        lock (_gate)
        {
            _lines.Append(line.GetStringBuilder()).AppendLine();
            _rendered.Add(logEvent.RenderMessage(CultureInfo.InvariantCulture));
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
