using System.Net;
using Eventicat.Hosting.Listeners;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Eventicat.EventSink.Listeners;

internal static partial class ListenersExtensions
{
    /// <summary>Listens as configured, and warns where others than this machine may connect.</summary>
    public static void AddSinkListeners(this WebApplicationBuilder builder)
    {
        builder.WebHost.UseKestrel(static kestrel => kestrel.AddServerHeader = false);
        builder.AddListeners(WarnIfReachable);
    }

    /// <summary>
    /// The gateway's headers are believed without proof, so whoever reaches the listener can be any account. Called for
    /// each endpoint that is about to be opened, also while the sink runs.
    /// </summary>
    private static void WarnIfReachable(string endpoint, ListenOptions listener)
    {
        // Without an address it is a socket of the file system, whose permissions say who may connect.
        if (listener.IPEndPoint is { } address && !IPAddress.IsLoopback(address.Address))
        {
            var logger = listener.ApplicationServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(ListenersExtensions));
            Log.Reachable(logger, $"{listener}");
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, EventName = "Reachable",
            Message = "Listening on {Address}: identity headers are believed, so only the gateway may reach it")]
        public static partial void Reachable(ILogger logger, string address);
    }
}
