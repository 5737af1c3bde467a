using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Eventicat.Hosting.TrustedProxies;

/// <summary>
/// What attempts that anybody can make are counted by: the client's address, or its /64 network of IPv6, where whoever has
/// one address has all 2^64 of them.
/// </summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ClientNetwork
{
    /// <summary>RFC 6052 section 2.1: behind a translator, where the last four bytes are a client's of IPv4.</summary>
    private const ulong TranslatedPrefix = 0x0064_ff9b_0000_0000;

    private readonly ulong _prefix;
    private readonly AddressFamily _family;

    private ClientNetwork(ulong prefix, AddressFamily family) => (_prefix, _family) = (prefix, family);

    /// <param name="address"><c>null</c>: a Unix socket, whose clients all count as one.</param>
    public static ClientNetwork Of(IPAddress? address)
    {
        if (address is null)
        {
            return default;
        }

        // A listener for both families sees IPv4 clients as ::ffff:a.b.c.d.
        Span<byte> bytes = stackalloc byte[16];
        if (address.AddressFamily == AddressFamily.InterNetworkV6 && !address.IsIPv4MappedToIPv6)
        {
            address.TryWriteBytes(bytes, out _);
            var prefix = BinaryPrimitives.ReadUInt64BigEndian(bytes);
            return prefix == TranslatedPrefix && BinaryPrimitives.ReadUInt32BigEndian(bytes[8..]) == 0
                ? new(BinaryPrimitives.ReadUInt32BigEndian(bytes[12..]), AddressFamily.InterNetwork)
                : new(prefix, AddressFamily.InterNetworkV6);
        }

        address.MapToIPv4().TryWriteBytes(bytes, out _);
        return new(BinaryPrimitives.ReadUInt32BigEndian(bytes), AddressFamily.InterNetwork);
    }

    /// <summary><c>192.0.2.1</c>, <c>2001:db8::/64</c>, or <c>-</c>.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[16];
        switch (_family)
        {
            case AddressFamily.InterNetwork:
                BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)_prefix);
                return new IPAddress(bytes[..4]).ToString();
            case AddressFamily.InterNetworkV6:
                bytes.Clear();
                BinaryPrimitives.WriteUInt64BigEndian(bytes, _prefix);
                return $"{new IPAddress(bytes)}/64";
            default:
                return "-";
        }
    }
}
