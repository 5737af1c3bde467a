namespace Eventicat.Dashboard.Admin.Requests;

internal static class AdminPaths
{
    public const string Root = "/admin/v1";
    public const string Document = Root + "/openapi.json";

    public static bool IsAdmin(this HttpRequest request) =>
        request.Path.StartsWithSegments(Root, StringComparison.OrdinalIgnoreCase);
}
