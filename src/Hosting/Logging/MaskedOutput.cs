using System.Buffers;
using System.Text;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting;
using Serilog.Parsing;

namespace Eventicat.Hosting.Logging;

/// <summary>Makes each event one line, masked as a whole: message, properties and exception alike.</summary>
public sealed class MaskedOutput : ILogEventSink, IDisposable
{
    private static readonly MessageTemplate Loss = new MessageTemplateParser().Parse(
        "{Lines} lines are missing here: the log was not read as fast as it was written");

    private readonly ITextFormatter _formatter;

    public MaskedOutput(ITextFormatter formatter, LogOutput output, TimeProvider time)
    {
        _formatter = formatter;
        Writer = new LogWriter(output, lost => Encoding.UTF8.GetBytes(Render(Missing(time.GetUtcNow(), lost))));
    }

    public LogWriter Writer { get; }

    public void Emit(LogEvent logEvent)
    {
        var line = Render(logEvent);
        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(line.Length));
        Writer.TryWrite(bytes.AsSpan(0, Encoding.UTF8.GetBytes(line, bytes)));
        ArrayPool<byte>.Shared.Return(bytes);
    }

    public void Dispose() => Writer.Dispose();

    private string Render(LogEvent logEvent)
    {
        using var line = new StringWriter();
        _formatter.Format(logEvent, line);
        return SecretMask.Apply(line.ToString());
    }

    private static LogEvent Missing(DateTimeOffset now, long lines) => new(
        now, LogEventLevel.Warning, exception: null, Loss,
        [new("Lines", new ScalarValue(lines)), new("SourceContext", new ScalarValue(typeof(LogWriter).FullName))]);
}
