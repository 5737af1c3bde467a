using Microsoft.Extensions.Primitives;

namespace Eventicat.Gateway.Forwarding;

/// <summary>
/// The headers that a message's <c>Connection</c> names: they are of this connection alone, and who passes the message on
/// leaves them out (RFC 9110 section 7.6.1). Of a client's <c>Connection</c> with <c>close</c> or <c>keep-alive</c> in it
/// Kestrel tells nothing else.
/// </summary>
internal static class ConnectionOptions
{
    /// <summary>What speaks of the connection by itself. The forwarder deals with it where it is no trailer.</summary>
    private static readonly string[] OfTheConnection = ["Connection", "Keep-Alive", "Proxy-Connection", "Upgrade", "Transfer-Encoding", "TE"];

    /// <summary>Without them a message would say something else, or nothing of an upgrade.</summary>
    private static readonly string[] NeverNamed = ["Authorization", "Host", "Content-Length", "Transfer-Encoding", "Upgrade", "TE"];

    public static bool IsOfTheConnection(string name) => OfTheConnection.Contains(name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Removes what these values of <c>Connection</c> name.</summary>
    public static void Apply(StringValues connection, IHeaderDictionary headers)
    {
        foreach (var value in connection)
        {
            foreach (var range in value.AsSpan().Split(','))
            {
                var name = value.AsSpan(range).Trim(" \t");
                // By far the most frequent values, and no headers.
                if (!name.IsEmpty && !name.Equals("close", StringComparison.OrdinalIgnoreCase)
                    && !name.Equals("keep-alive", StringComparison.OrdinalIgnoreCase))
                {
                    Remove(name.ToString(), headers);
                }
            }
        }
    }

    private static void Remove(string name, IHeaderDictionary headers)
    {
        if (!NeverNamed.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            headers.Remove(name);
        }
    }
}
