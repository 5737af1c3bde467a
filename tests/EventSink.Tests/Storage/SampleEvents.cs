using Eventicat.EventSink.Storage;

namespace Eventicat.EventSink.Tests.Storage;

internal static class SampleEvents
{
    public static readonly EventOwner Owner = new("acme", "agg_1");

    public static readonly DateTimeOffset Received = new(2024, 5, 17, 9, 30, 15, 123, TimeSpan.Zero);

    public static NewEvent Named(string name, string? requestId = null) =>
        new() { Owner = Owner, Name = name, RequestId = requestId };

    public static EventEntry Entry(NewEvent item) => new(item, new Receipt(Guid.CreateVersion7(Received), Received));
}
