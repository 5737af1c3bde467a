using Serilog.Core;
using Serilog.Events;

namespace Eventicat.Hosting.Logging;

/// <summary>
/// The host attaches the raw path to every event of a request. Clients put anything into a path, keys included; the
/// access line has the route instead.
/// </summary>
internal sealed class RequestPathRemover : ILogEventEnricher
{
    public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory) =>
        logEvent.RemovePropertyIfPresent("RequestPath");
}
