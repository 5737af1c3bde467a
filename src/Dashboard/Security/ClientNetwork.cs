using System.Net;
using System.Net.Sockets;

namespace Eventicat.Dashboard.Security;

/// <summary>By what attempts are counted that anybody can make.</summary>
internal static class ClientNetwork
{
    /// <summary>The address; of IPv6 its network, since who has one address there has all 2^64 of it.</summary>
    public static string Of(IPAddress? address) =>
        address is { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false }
            ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8))
            : address?.MapToIPv4().ToString() ?? "";
}
