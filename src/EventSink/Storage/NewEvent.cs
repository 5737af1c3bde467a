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

/// <summary>Whom an event belongs to, and who may read it back. Both ids match <c>[A-Za-z0-9_-]{1,64}</c>.</summary>
internal sealed record EventOwner(string Account, string Aggregator);

/// <summary>An event and the receipt it gets if it is new.</summary>
internal readonly record struct EventEntry(NewEvent Event, Receipt Receipt);

/// <summary>What a client gets for an event that is synced to disk.</summary>
internal readonly record struct Receipt(Guid Id, DateTimeOffset Received);
