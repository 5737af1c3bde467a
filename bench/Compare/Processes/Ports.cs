using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Eventicat.Bench.Compare.Processes;

internal static class Ports
{
    /// <summary>Below the ports that the system gives to clients, which thousands of connections are about to take.</summary>
    public static int Find()
    {
        while (true)
        {
            var port = RandomNumberGenerator.GetInt32(15_000, 32_000);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody has it; try another.
            }
        }
    }

    public static Uri FindUrl() => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Find()}"));
}
