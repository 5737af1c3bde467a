using Serilog.Core;
using Serilog.Events;
using Serilog.Parsing;

namespace Eventicat.Hosting.Logging;

/// <summary>
/// Kestrel logs what it cannot parse word for word, where no decorator sees it. Request lines and headers of HTTP/1.1
/// have a category of their own, whose events are replaced at every level by one that has no data; those of HTTP/2 are
/// in the text of exceptions, which its events lose. And what any stranger can cause is no reason to wake an operator.
/// </summary>
internal sealed class BadRequestEvents(ILogEventSink sink) : ILogEventSink
{
    private const string Server = "Microsoft.AspNetCore.Server.Kestrel.";
    private const string BadRequests = Server + "BadRequests";

    private static readonly MessageTemplate Replacement =
        new MessageTemplateParser().Parse("Kestrel refused a malformed request");

    public void Emit(LogEvent logEvent) => sink.Emit(SourceOf(logEvent) switch
    {
        BadRequests => Copy(logEvent, Replacement, [new("SourceContext", new ScalarValue(BadRequests))]),
        // Not those of Kestrel itself, which are about the application and its endpoints.
        { } source when source.StartsWith(Server, StringComparison.Ordinal) && (logEvent.Exception is not null || logEvent.Level > LogEventLevel.Warning) =>
            Copy(logEvent, logEvent.MessageTemplate, logEvent.Properties.Select(property => new LogEventProperty(property.Key, property.Value))),
        _ => logEvent,
    });

    private static string? SourceOf(LogEvent logEvent) =>
        (logEvent.Properties.GetValueOrDefault("SourceContext") as ScalarValue)?.Value as string;

    private static LogEvent Copy(LogEvent logEvent, MessageTemplate text, IEnumerable<LogEventProperty> properties) => new(
        logEvent.Timestamp,
        logEvent.Level > LogEventLevel.Warning ? LogEventLevel.Warning : logEvent.Level,
        exception: null,
        text,
        properties);
}
