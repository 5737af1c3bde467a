namespace Eventicat.Dashboard.Admin.Configuration;

/// <summary>Section <c>Admin</c>.</summary>
internal sealed class AdminSettings
{
    public const string Section = "Admin";

    /// <value>Whether tokens are taken over plain HTTP from other machines. Default <c>false</c>: 403.</value>
    public bool AllowHttp { get; set; }
}
