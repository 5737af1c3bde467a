using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting;

namespace Eventicat.Hosting.Logging;

/// <summary>Writes each event as one line, masked as a whole: message, properties and exception alike.</summary>
public sealed class MaskedOutput(ITextFormatter formatter, TextWriter output) : ILogEventSink
{
    private readonly Lock _gate = new();

    public void Emit(LogEvent logEvent)
    {
        using var line = new StringWriter();
        formatter.Format(logEvent, line);
        lock (_gate)
        {
            output.Write(SecretMask.Apply(line.ToString()));
            output.Flush();
        }
    }
}
