using Serilog.Core;
using Serilog.Events;

namespace Eventicat.EventSink.Observability;

/// <summary>The host puts the path into every line of a request; a client chose it, and may have put anything there.</summary>
internal sealed class RequestPathRemover : ILogEventEnricher
{
    public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory) =>
        logEvent.RemovePropertyIfPresent("RequestPath");
}
