using System.Collections.Concurrent;
using Eventicat.Fuzzing.Model;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting.Compact;

namespace Eventicat.Fuzzing.Target;

/// <summary>Reads every line of the gateway's log before the mask, at every level.</summary>
internal sealed class WatchedLog : ILogEventSink
{
    private readonly RenderedCompactJsonFormatter _formatter = new();
    private long _lines;

    public ConcurrentQueue<(string Fault, string Line)> Faults { get; } = new();

    public long Lines => Interlocked.Read(ref _lines);

    public void Emit(LogEvent logEvent)
    {
        Interlocked.Increment(ref _lines);
        using var writer = new StringWriter();
        _formatter.Format(logEvent, writer);
        var line = writer.ToString();
        var source = logEvent.Properties.GetValueOrDefault("SourceContext")?.ToString() ?? "";
        var isOurs = source.StartsWith("\"Eventicat", StringComparison.Ordinal);
        var fault = line switch
        {
            _ when line.Contains("canaryKey", StringComparison.OrdinalIgnoreCase) && (isOurs || logEvent.Level >= LogEventLevel.Warning || HoldsCredential(line)) => "a key is in the log",
            _ when isOurs && OracleBackend.MarkersIn(line).Count > 0 => "what the client sent is in the log",
            _ when logEvent.Level >= LogEventLevel.Error => "a client causes an error line",
            // The forwarder's own warnings are off by default, for their stack traces.
            _ when logEvent.Level >= LogEventLevel.Warning && logEvent.Exception is not null && source != "\"Yarp.ReverseProxy.Forwarder.HttpForwarder\"" => "a client causes a stack trace",
            _ => null,
        };
        if (fault is not null)
        {
            Faults.Enqueue((fault, line.TrimEnd()));
        }
    }

    /// <summary>
    /// A credential must have been moved before anything could log it. A key in a place of the client's own invention
    /// (another parameter, the path) is seen by the platform's lines below Information, which are off by default.
    /// </summary>
    private static bool HoldsCredential(string line)
    {
        for (var at = line.IndexOf("canaryKey", StringComparison.OrdinalIgnoreCase); at >= 0; at = line.IndexOf("canaryKey", at + 1, StringComparison.OrdinalIgnoreCase))
        {
            var before = line[(line.LastIndexOfAny(['?', '&', '"', '\''], at) + 1)..at];
            if (Grammar.Decode(before).Is("_apikey=") || before.TrimEnd().EndsWith("Bearer", StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
