using System.Net.Sockets;
using Eventicat.Hosting.Files;

namespace Eventicat.Hosting.Listeners;

/// <summary>The file of a Unix socket whose program was killed: it stays, and keeps the next one from listening there.</summary>
internal static class AbandonedSocket
{
    /// <summary>Removes it, unless somebody listens, or it is another kind of file.</summary>
    public static void Remove(string path)
    {
        if (!FileStatus.IsSocket(path))
        {
            return;
        }

        using var knock = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { Blocking = false };
        try
        {
            knock.Connect(new UnixDomainSocketEndPoint(path));
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.ConnectionRefused)
        {
            File.Delete(path);
        }
        catch (SocketException)
        {
            // Somebody is there, and busy, or it is not ours to use.
        }
    }
}
