using System.Reflection;
using MudBlazor;
using MudBlazor.Services;

namespace Eventicat.Dashboard.Pages;

internal static class PagesExtensions
{
    private static readonly string Program = Assembly.GetEntryAssembly()!.GetName().Name!;

    /// <value>Where a published program has the files of the pages.</value>
    public static string FilesFolder => Path.Combine(AppContext.BaseDirectory, "wwwroot");

    private static string BuiltList => Path.Combine(AppContext.BaseDirectory, $"{Program}.staticwebassets.runtime.json");

    public static void AddPages(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents(options =>
        {
            options.DetailedErrors = false;
            // A page whose browser was away for longer has to be loaded again.
            options.DisconnectedCircuitRetentionPeriod = TimeSpan.FromMinutes(3);
        });
        services.AddMudServices(options =>
        {
            options.SnackbarConfiguration.PositionClass = Defaults.Classes.Position.BottomCenter;
            options.SnackbarConfiguration.PreventDuplicates = false;
            options.SnackbarConfiguration.VisibleStateDuration = 4000;
        });
    }

    /// <summary>
    /// Finds the files of the pages beside the program that runs, which may be another one: <c>eventicat dev</c> hosts
    /// the dashboard as well. A program that was built and not published has a list of where the files are.
    /// </summary>
    public static void UsePageFiles(this WebApplicationBuilder builder)
    {
        if (File.Exists(BuiltList))
        {
            builder.Configuration[WebHostDefaults.StaticWebAssetsKey] = BuiltList;
            builder.WebHost.UseStaticWebAssets();
        }
    }

    public static void MapPages(this WebApplication app)
    {
        app.MapStaticAssets(Path.Combine(AppContext.BaseDirectory, $"{Program}.staticwebassets.endpoints.json"));
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(
            // The content policy of all answers has the same rule.
            static options => options.ContentSecurityFrameAncestorsPolicy = null);
    }
}
