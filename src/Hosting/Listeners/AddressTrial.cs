using System.Net;
using System.Net.Sockets;
using Eventicat.Hosting.Configuration;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Configuration;

namespace Eventicat.Hosting.Listeners;

/// <summary>
/// Opens addresses as Kestrel would, and closes them. Kestrel closes what an endpoint had before it finds out that it
/// cannot have the new one.
/// </summary>
internal static class AddressTrial
{
    /// <param name="endpoints">Whose <c>Url</c> is to be opened. They are held together, so two of the same address are found.</param>
    /// <param name="freed">Ports that are closed first. That one of them is in use says nothing.</param>
    /// <param name="listens">
    /// Whether to listen there, too, which finds two of the endpoints at one place. Clients are let in meanwhile, and cut off.
    /// </param>
    public static List<SettingError> FindErrors(IEnumerable<IConfigurationSection> endpoints, IReadOnlySet<int> freed, bool listens)
    {
        List<SettingError> errors = [];
        List<Socket> held = [];
        try
        {
            foreach (var endpoint in endpoints)
            {
                var address = BindingAddress.Parse(endpoint["Url"]!);
                if (Open(address, held, listens) is { } exception
                    && !(exception.SocketErrorCode == SocketError.AddressAlreadyInUse && !address.IsUnixPipe && freed.Contains(address.Port)))
                {
                    errors.Add(new($"{endpoint.Path}:Url", $"'{endpoint["Url"]}' cannot be listened on: {exception.Message}"));
                }
            }
        }
        finally
        {
            // Of a socket of the file system this removes the file.
            held.ForEach(socket => socket.Dispose());
        }

        return errors;
    }

    /// <summary>Names that are neither an address nor <c>localhost</c> mean all addresses, as for Kestrel.</summary>
    private static SocketException? Open(BindingAddress address, List<Socket> held, bool listens)
    {
        if (address.IsNamedPipe || (address.Port == 0 && !address.IsUnixPipe))
        {
            return null;
        }

        if (address.IsUnixPipe)
        {
            AbandonedSocket.Remove(address.UnixPipePath);
            return Open(new UnixDomainSocketEndPoint(address.UnixPipePath), held, listens);
        }

        if (IPAddress.TryParse(address.Host, out var ip))
        {
            return Open(new IPEndPoint(ip, address.Port), held, listens);
        }

        var isLocal = string.Equals(address.Host, "localhost", StringComparison.OrdinalIgnoreCase);
        var first = Open(new IPEndPoint(isLocal ? IPAddress.Loopback : IPAddress.IPv6Any, address.Port), held, listens);
        if (first is { SocketErrorCode: SocketError.AddressAlreadyInUse } || (first is null && !isLocal))
        {
            return first;
        }

        // One of the two families is enough where the machine has no other.
        var second = Open(new IPEndPoint(isLocal ? IPAddress.IPv6Loopback : IPAddress.Any, address.Port), held, listens);
        return second is { SocketErrorCode: SocketError.AddressAlreadyInUse } || first is not null ? second : null;
    }

    private static SocketException? Open(EndPoint endpoint, List<Socket> held, bool listens)
    {
        try
        {
            var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint);
            held.Add(socket);
            if (listens)
            {
                socket.Listen();
            }

            return null;
        }
        catch (SocketException exception)
        {
            return exception;
        }
    }
}
