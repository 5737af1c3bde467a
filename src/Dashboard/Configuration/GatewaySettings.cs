namespace Eventicat.Dashboard.Configuration;

/// <summary>Section <c>Gateway</c>: where the gateway is.</summary>
internal sealed class GatewaySettings
{
    public const string Section = "Gateway";

    /// <value>Where clients reach it, as people are shown. Default <c>http://localhost:8080</c>.</value>
    public Uri PublicUrl { get; set; } = new("http://localhost:8080");

    /// <value>Where the dashboard reaches it, to send test events. Default: <see cref="PublicUrl"/>.</value>
    public Uri? Url { get; set; }

    /// <value>Where its management listener is, for usage. Default <c>http://127.0.0.1:8081</c>.</value>
    public Uri ManagementUrl { get; set; } = new("http://127.0.0.1:8081");
}
