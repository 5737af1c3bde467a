using System.Net.Sockets;
using System.Text;

namespace Eventicat.TestSupport.Http;

/// <summary>Sends bytes as they are, which no HTTP library does, and reads until the server closes.</summary>
public static class RawClient
{
    /// <param name="url">Where to connect to; only host and port are used.</param>
    /// <param name="request">Latin-1. Ask for <c>Connection: close</c>, or the call waits for the server's idle timeout.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<string> SendAsync(Uri url, string request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(url);
        using var client = new TcpClient();
        await client.ConnectAsync(url.Host, url.Port, cancellationToken);
        var stream = client.GetStream();
        try
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(request), cancellationToken);
        }
        catch (IOException)
        {
            // The server may refuse and close before it has read everything; its answer counts.
        }

        using var received = new MemoryStream();
        try
        {
            await stream.CopyToAsync(received, cancellationToken);
        }
        catch (IOException)
        {
            // Reset after the answer.
        }

        return Encoding.Latin1.GetString(received.ToArray());
    }

    /// <summary>Sends bytes, says that no more will come, and reads what comes back until the end of the connection.</summary>
    public static async Task<string> SendAndCloseAsync(Uri url, string request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(url);
        using var client = new TcpClient();
        await client.ConnectAsync(url.Host, url.Port, cancellationToken);
        using var received = new MemoryStream();
        try
        {
            await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(request), cancellationToken);
            client.Client.Shutdown(SocketShutdown.Send);
            await client.GetStream().CopyToAsync(received, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or SocketException or InvalidOperationException)
        {
            // Reset, before or after an answer.
        }

        return Encoding.Latin1.GetString(received.ToArray());
    }
}
