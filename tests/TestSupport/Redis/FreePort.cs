using System.Net;
using System.Net.Sockets;

namespace Eventicat.TestSupport.Redis;

/// <summary>A port that nobody listens on now; somebody may before the caller does.</summary>
internal static class FreePort
{
    public static int Find()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
