namespace Eventicat.EventSink.Ingestion;

/// <summary>Lengths are in UTF-16 units, as <c>String.length</c> counts in a browser.</summary>
internal static class EventLimits
{
    public const int Bytes = 32 * 1024;
    public const int NameLength = 200;
    public const int ClientIdLength = 128;
    public const int Tags = 32;
    public const int TagKeyLength = 64;
    public const int TagValueLength = 512;
    public const int DataDepth = 16;
}
