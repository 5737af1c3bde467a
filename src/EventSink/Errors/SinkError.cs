namespace Eventicat.EventSink.Errors;

/// <summary>Every error the sink answers: the status and the public text. Nothing else about a failure leaves the process.</summary>
internal sealed record SinkError(int Status, string Text)
{
    public static readonly SinkError BadRequest = new(400, "Bad request");
    public static readonly SinkError MalformedJson = new(400, "Malformed JSON");
    public static readonly SinkError InvalidEvent = new(400, "Invalid event");
    public static readonly SinkError InvalidLimit = new(400, "Parameter limit must be a whole number from 1 to 1000");
    public static readonly SinkError InvalidCursor = new(400, "Parameter cursor is not one that was given out");
    public static readonly SinkError IdentityRequired = new(403, "Requests are accepted from the gateway only");
    public static readonly SinkError NotFound = new(404, "Not found");
    public static readonly SinkError MethodNotAllowed = new(405, "Method not allowed");
    public static readonly SinkError RequestTimeout = new(408, "Request timeout");
    public static readonly SinkError EventTooLarge = new(413, "Event too large");
    public static readonly SinkError UnsupportedMediaType = new(415, "Content type must be application/json");
    public static readonly SinkError UnsupportedEncoding = new(415, "Content encoding is not supported");
    public static readonly SinkError Internal = new(500, "Internal error");
    public static readonly SinkError StoreUnavailable = new(503, "Event store unavailable");

    /// <summary>The error for a status that routing or Kestrel decided.</summary>
    public static SinkError ForStatus(int status) => status switch
    {
        404 => NotFound,
        405 => MethodNotAllowed,
        408 => RequestTimeout,
        413 => EventTooLarge,
        415 => UnsupportedMediaType,
        >= 500 => Internal with { Status = status },
        _ => BadRequest with { Status = status },
    };
}
