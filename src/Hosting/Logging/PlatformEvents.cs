using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Serilog.Core;
using Serilog.Events;

namespace Eventicat.Hosting.Logging;

/// <summary>
/// Server, host, routing and proxy repeat what clients send, word for word: request lines that cannot be parsed, paths,
/// header names and values, at levels that somebody will switch on in need. Their events keep their message with the names
/// of its values, the values that no client chooses, and the type and place of an exception. An error of the server that a
/// client can cause becomes a warning: nobody should be woken for it.
/// </summary>
internal sealed class PlatformEvents(ILogEventSink sink) : ILogEventSink
{
    private const string Kestrel = "Microsoft.AspNetCore.Server.Kestrel";

    private static readonly string[] Talkative = ["Microsoft.AspNetCore", "Yarp", "System.Net.Http"];

    /// <summary>What they say is about this installation, and its operators need it.</summary>
    private static readonly string[] AboutOurselves =
    [
        "Microsoft.AspNetCore.DataProtection", "Microsoft.AspNetCore.Authentication.OpenIdConnect", "Microsoft.AspNetCore.Antiforgery",
    ];

    /// <summary>Kestrel has one source for its listeners and for requests; these say how it gets on with its settings.</summary>
    private static readonly string[] AboutListeners = ["Unable to ", "Overriding ", "No listening endpoints", "Reload", "Config"];

    /// <summary>Made here, or read from our configuration.</summary>
    private static readonly string[] Harmless =
    [
        "SourceContext", "EventId", "ConnectionId", "RequestId", "TraceIdentifier", "StatusCode", "ElapsedMilliseconds", "StreamId",
        "Endpoint", "EndpointName", "RoutePattern", "RouteId", "ClusterId", "DestinationId", "CandidateCount",
    ];

    /// <summary>A warning for each chunk that is none, on top of the line that the request has anyway.</summary>
    private const string NotDrained = "automatic draining of the request body failed";

    /// <summary>Whatever ends a connection that Kestrel has not thought of.</summary>
    private const string EndedAbnormally = "Connection processing ended abnormally.";

    public void Emit(LogEvent logEvent)
    {
        if (SourceOf(logEvent) == Kestrel && IsOfALeavingClient(logEvent))
        {
            return;
        }

        sink.Emit(
            RepeatsClients(logEvent) || HoldsRequest(logEvent.Exception) ? Reduce(logEvent)
            : IsAboutListeners(logEvent) && IsFailedReload(logEvent) ? WithoutStack(logEvent)
            : logEvent);
    }

    /// <summary>
    /// A client that leaves in the middle of a body may find Kestrel about to read the rest of it, twice at once: its pipe
    /// then throws. The request has its line.
    /// </summary>
    private static bool IsOfALeavingClient(LogEvent logEvent) =>
        logEvent.MessageTemplate.Text.Contains(NotDrained, StringComparison.Ordinal)
        || (logEvent.MessageTemplate.Text == EndedAbnormally
            && logEvent.Exception is InvalidOperationException { TargetSite.DeclaringType.FullName: "System.IO.Pipelines.ThrowHelper" });

    /// <summary>
    /// Whoever reads a body gets, in the text of the exception, a line behind its last chunk that is no trailer.
    /// </summary>
    private static bool HoldsRequest(Exception? exception) => exception switch
    {
        null => false,
        BadHttpRequestException => true,
        AggregateException { InnerExceptions: var inner } => inner.Any(HoldsRequest),
        _ => HoldsRequest(exception.InnerException),
    };

    private static bool RepeatsClients(LogEvent logEvent)
    {
        var source = SourceOf(logEvent);
        return Array.Exists(Talkative, name => IsWithin(source, name))
            && !Array.Exists(AboutOurselves, name => IsWithin(source, name))
            && !IsAboutListeners(logEvent);
    }

    private static bool IsAboutListeners(LogEvent logEvent) => SourceOf(logEvent) == Kestrel
        && Array.Exists(AboutListeners, start => logEvent.MessageTemplate.Text.StartsWith(start, StringComparison.Ordinal));

    private static bool IsFailedReload(LogEvent logEvent) => logEvent.Exception is not null
        && logEvent.MessageTemplate.Text.EndsWith("on config reload.", StringComparison.Ordinal);

    /// <summary>What the system says of an address is the whole cause, and the service goes on.</summary>
    private static LogEvent WithoutStack(LogEvent logEvent) => new(
        logEvent.Timestamp,
        logEvent.Level > LogEventLevel.Error ? LogEventLevel.Error : logEvent.Level,
        exception: null,
        logEvent.MessageTemplate,
        logEvent.Properties.Select(property => new LogEventProperty(property.Key, property.Value))
            .Append(new LogEventProperty("Error", new ScalarValue(logEvent.Exception!.Message))));

    private static LogEvent Reduce(LogEvent logEvent)
    {
        var kept = Harmless
            .Where(logEvent.Properties.ContainsKey)
            .Select(name => new LogEventProperty(name, logEvent.Properties[name]))
            .ToList();
        var level = logEvent.Level > LogEventLevel.Warning && IsWithin(SourceOf(logEvent), Kestrel) ? LogEventLevel.Warning : logEvent.Level;
        if (logEvent.Exception is { } exception)
        {
            kept.Add(new LogEventProperty("Error", new ScalarValue(Describe(exception))));
            if (level > LogEventLevel.Warning)
            {
                // A defect of ours. Its place has no data; its message may.
                kept.Add(new LogEventProperty("Stack", new ScalarValue(exception.StackTrace)));
            }
        }

        return new LogEvent(logEvent.Timestamp, level, exception: null, logEvent.MessageTemplate, kept);
    }

    private static string SourceOf(LogEvent logEvent) =>
        (logEvent.Properties.GetValueOrDefault(Constants.SourceContextPropertyName) as ScalarValue)?.Value as string ?? "";

    private static bool IsWithin(string source, string name) =>
        source.StartsWith(name, StringComparison.Ordinal) && (source.Length == name.Length || source[name.Length] == '.');

    private static string Describe(Exception exception)
    {
        var method = new StackTrace(exception).GetFrame(0)?.GetMethod();
        return method is null
            ? $"{exception.GetType().FullName}"
            : $"{exception.GetType().FullName} at {method.DeclaringType?.FullName}.{method.Name}";
    }
}
