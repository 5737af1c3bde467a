namespace Eventicat.EventSink.Storage;

/// <summary>The store cannot be read or written now. The message is for the operator, never for a client.</summary>
internal sealed class EventStoreUnavailableException : Exception
{
    public EventStoreUnavailableException()
    {
    }

    public EventStoreUnavailableException(string message)
        : base(message)
    {
    }

    public EventStoreUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
