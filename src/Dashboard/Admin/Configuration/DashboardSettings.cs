namespace Eventicat.Dashboard.Admin.Configuration;

/// <summary>Section <c>Dashboard</c>.</summary>
internal sealed class DashboardSettings
{
    public const string Section = "Dashboard";

    /// <value>Where people reach the dashboard, for links in invitations. Empty (default): where the request came to.</value>
    public Uri? PublicUrl { get; set; }
}
