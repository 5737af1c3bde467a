using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Eventicat.TestSupport;

/// <summary>
/// A port that nobody listens on now. Below those that the system gives to clients: while a server is down between a
/// kill and a restart, a client's own connection could take one of those, even to itself.
/// </summary>
public static class FreePort
{
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
}
