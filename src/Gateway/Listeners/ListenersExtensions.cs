using Eventicat.Gateway.Errors;
using Eventicat.Hosting.Configuration;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Eventicat.Gateway.Listeners;

/// <summary>
/// Tells the listeners apart by a mark on the connection, set where the endpoint is configured. A <c>Host</c> header
/// can be forged; which socket accepted a connection can not.
/// </summary>
internal static class ListenersExtensions
{
    private const string ManagementPrefix = "Management";
    private static readonly object ManagementMark = new();

    /// <summary>Endpoints whose configured name starts with <c>Management</c> are management, all others are public.</summary>
    public static bool IsManagement(string endpoint) => endpoint.StartsWith(ManagementPrefix, StringComparison.OrdinalIgnoreCase);

    /// <summary>The endpoints that apply as long as the configuration names none of their kind.</summary>
    public static IEnumerable<StandInSettings> Defaults(IConfigurationRoot configuration) =>
    [
        StandInSettings.ForEndpoint(configuration, "Public", "http://*:8080", static name => !IsManagement(name)),
        StandInSettings.ForEndpoint(configuration, "Management", "http://127.0.0.1:8081", IsManagement),
    ];

    public static void MarkManagement(string endpoint, ListenOptions listener)
    {
        if (IsManagement(endpoint))
        {
            listener.Use(next => connection =>
            {
                connection.Items[ManagementMark] = ManagementMark;
                return next(connection);
            });
        }
    }

    public static bool IsManagement(this HttpContext context) =>
        context.Features.Get<IConnectionItemsFeature>()?.Items.ContainsKey(ManagementMark) ?? false;

    /// <summary>Requests of the management listeners end in this branch, all others go past it.</summary>
    public static void UseManagement(this IApplicationBuilder app, Action<IApplicationBuilder> configure) =>
        app.MapWhen(IsManagement, branch =>
        {
            branch.UseMiddleware<ErrorMiddleware>();
            configure(branch);
            branch.Run(static context => context.WriteErrorAsync(GatewayErrors.NotFound));
        });
}
