using System.Net;

namespace Eventicat.EventSink.Configuration;

internal static partial class ListenerSetup
{
    public static void AddSinkListener(this WebApplicationBuilder builder) =>
        builder.WebHost.UseKestrel((context, kestrel) =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Configure(context.Configuration.GetSection("Kestrel"));
        });

    /// <summary>The gateway's headers are believed without proof, so whoever reaches the listener can be any account.</summary>
    public static void WarnWhenReachable(this WebApplication app) =>
        app.Lifetime.ApplicationStarted.Register(() =>
        {
            foreach (var address in app.Urls.Where(address => !IsLoopback(BindingAddress.Parse(address).Host)))
            {
                Log.Reachable(app.Logger, address);
            }
        });

    private static bool IsLoopback(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var ip) && IPAddress.IsLoopback(ip));

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Listening on {Address}: identity headers are believed, so only the gateway may reach it")]
        public static partial void Reachable(ILogger logger, string address);
    }
}
