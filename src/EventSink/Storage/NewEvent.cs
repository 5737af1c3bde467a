namespace Eventicat.EventSink.Storage;

/// <summary>A valid event on its way into the store.</summary>
internal sealed record NewEvent
{
    public required EventOwner Owner { get; init; }

    /// <summary>Unique within the account: a second event with it is the same request, sent again.</summary>
    public string? RequestId { get; init; }

    public string? ClientId { get; init; }

    public required string Name { get; init; }

    /// <summary>When it happened, as the client says; milliseconds.</summary>
    public DateTimeOffset? Timestamp { get; init; }

    public double? Value { get; init; }

    public string? Description { get; init; }

    /// <summary>A JSON object.</summary>
    public string Tags { get; init; } = "{}";

    /// <summary>Any JSON value.</summary>
    public string? Data { get; init; }
}
