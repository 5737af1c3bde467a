using Serilog.Core;
using Serilog.Events;
using Serilog.Parsing;

namespace Eventicat.Hosting.Logging;

/// <summary>
/// Kestrel logs request lines and headers that it cannot parse, word for word, where no decorator sees them. Those
/// events are replaced at every level by one that has no data.
/// </summary>
internal sealed class BadRequestEvents(ILogEventSink sink) : ILogEventSink
{
    private const string Source = "Microsoft.AspNetCore.Server.Kestrel.BadRequests";

    private static readonly MessageTemplate Replacement =
        new MessageTemplateParser().Parse("Kestrel refused a malformed request");

    public void Emit(LogEvent logEvent) => sink.Emit(IsBadRequest(logEvent)
        ? new LogEvent(logEvent.Timestamp, logEvent.Level, exception: null, Replacement, [new("SourceContext", new ScalarValue(Source))])
        : logEvent);

    private static bool IsBadRequest(LogEvent logEvent) =>
        logEvent.Properties.GetValueOrDefault("SourceContext") is ScalarValue { Value: Source };
}
