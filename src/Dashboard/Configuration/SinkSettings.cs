namespace Eventicat.Dashboard.Configuration;

/// <summary>Section <c>Sink</c>: where events are read from.</summary>
internal sealed class SinkSettings
{
    public const string Section = "Sink";

    /// <value>The event sink. Default <c>http://127.0.0.1:8090</c>.</value>
    public Uri Url { get; set; } = new("http://127.0.0.1:8090");
}
