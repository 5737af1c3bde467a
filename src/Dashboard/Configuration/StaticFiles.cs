using System.Reflection;

namespace Eventicat.Dashboard.Configuration;

/// <summary>
/// Finds the files of the pages beside the program that runs, which need not be this one: <c>eventicat dev</c> hosts
/// the dashboard as well. A published program has them in <c>wwwroot</c>; a built one has a list of where they are.
/// </summary>
internal static class StaticFiles
{
    private static readonly string Program = Assembly.GetEntryAssembly()!.GetName().Name!;

    private static string BuiltList => Path.Combine(AppContext.BaseDirectory, $"{Program}.staticwebassets.runtime.json");

    public static string Folder => Path.Combine(AppContext.BaseDirectory, "wwwroot");

    public static void UseStaticFiles(this WebApplicationBuilder builder)
    {
        if (File.Exists(BuiltList))
        {
            builder.Configuration[WebHostDefaults.StaticWebAssetsKey] = BuiltList;
            builder.WebHost.UseStaticWebAssets();
        }
    }

    public static void MapStaticFiles(this WebApplication app) =>
        app.MapStaticAssets(Path.Combine(AppContext.BaseDirectory, $"{Program}.staticwebassets.endpoints.json"));
}
