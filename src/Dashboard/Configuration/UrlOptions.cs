namespace Eventicat.Dashboard.Configuration;

/// <summary>Section <c>Dashboard</c>: where the dashboard is.</summary>
internal sealed class DashboardOptions
{
    public const string Section = "Dashboard";

    /// <value>Where people reach the dashboard, for links in invitations. Empty (default): the address of the request.</value>
    public Uri? PublicUrl { get; set; }
}

/// <summary>Section <c>Gateway</c>: where the gateway is.</summary>
internal sealed class GatewayOptions
{
    public const string Section = "Gateway";

    /// <value>Where clients reach it, as the pages show it. Default <c>http://localhost:8080</c>.</value>
    public Uri PublicUrl { get; set; } = new("http://localhost:8080");

    /// <value>Where the dashboard reaches it, to send test events. Default: <see cref="PublicUrl"/>.</value>
    public Uri? Url { get; set; }

    /// <value>Where its management listener is, for usage. Default <c>http://127.0.0.1:8081</c>.</value>
    public Uri ManagementUrl { get; set; } = new("http://127.0.0.1:8081");
}

/// <summary>Section <c>Sink</c>: where events are read from.</summary>
internal sealed class SinkOptions
{
    public const string Section = "Sink";

    /// <value>The event sink. Default <c>http://127.0.0.1:8090</c>.</value>
    public Uri Url { get; set; } = new("http://127.0.0.1:8090");
}
