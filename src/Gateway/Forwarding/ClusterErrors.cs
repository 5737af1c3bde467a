using System.Buffers;
using Eventicat.Gateway.Requests;
using Eventicat.Hosting.Configuration;
using Yarp.ReverseProxy.Forwarder;

namespace Eventicat.Gateway.Forwarding;

/// <summary>Clusters that YARP takes and that fail with each request: no destination, or an address nothing can be sent to.</summary>
internal static class ClusterErrors
{
    /// <summary>A path of the request is put right behind the address, as text.</summary>
    private static readonly SearchValues<char> Unfit = SearchValues.Create([' ', '\\', '\u007f', .. Enumerable.Range(0, 0x20).Select(code => (char)code)]);

    /// <summary>They encrypt, with keys that end with the process.</summary>
    private static readonly string[] OfOneProcess = ["Cookie", "CustomHeader"];

    /// <summary>RFC 6265 section 4.1.1, and what is no ASCII.</summary>
    private static readonly SearchValues<char> UnfitForCookie = SearchValues.Create([';', .. Enumerable.Range(0, 0x100).Where(static code => code is < 0x20 or > 0x7E).Select(static code => (char)code)]);

    private static readonly SearchValues<char> UnfitForHost = SearchValues.Create([' ', '/', '?', '#', '@', ',', '\\', '\u007f', .. Enumerable.Range(0, 0x20).Select(code => (char)code)]);

    public static IEnumerable<SettingError> Find(IConfigurationSection cluster)
    {
        var destinations = cluster.GetSection("Destinations");
        if (!destinations.GetChildren().Any() && string.IsNullOrEmpty(destinations.Value))
        {
            yield return new(destinations.Path, "there is none.");
        }

        foreach (var destination in destinations.GetChildren())
        {
            if (FindAddressProblem(destination["Address"]) is { } addressProblem)
            {
                yield return new($"{destination.Path}:Address", addressProblem);
            }

            if (destination["Health"] is { Length: > 0 } health && FindAddressProblem(health) is { } healthProblem)
            {
                yield return new($"{destination.Path}:Health", healthProblem);
            }

            if (destination["Host"] is { Length: > 0 } host && (host.AsSpan().ContainsAny(UnfitForHost) || !CanBeSent(host)))
            {
                yield return new($"{destination.Path}:Host", $"'{host}' is not a host name, with or without a port.");
            }
        }

        var affinity = cluster.GetSection("SessionAffinity");
        if (affinity["AffinityKeyName"] is { Length: > 0 } key && !RequestHeaders.IsToken(key))
        {
            yield return new($"{affinity.Path}:AffinityKeyName", $"'{key}' is not the name of a header or cookie.");
        }

        if (bool.TryParse(affinity["Enabled"], out var isOn) && isOn && affinity["Policy"] is { } policy && OfOneProcess.Contains(policy, StringComparer.OrdinalIgnoreCase))
        {
            yield return new($"{affinity.Path}:Policy", $"'{policy}' is readable to the process alone that wrote it; HashCookie and ArrCookie are to all.");
        }

        foreach (var part in new[] { "Path", "Domain" })
        {
            if (affinity[$"Cookie:{part}"] is { } text && text.AsSpan().ContainsAny(UnfitForCookie))
            {
                yield return new($"{affinity.Path}:Cookie:{part}", "has characters that a cookie cannot have.");
            }
        }

        var probe = cluster.GetSection("HealthCheck:Active");
        if (probe["Path"] is { Length: > 0 } path && path[0] != '/')
        {
            yield return new($"{probe.Path}:Path", $"'{path}' does not begin with /.");
        }

        if (probe["Query"] is { Length: > 0 } query && (query[0] != '?' || !RequestTarget.IsWellFormed(query)))
        {
            yield return new($"{probe.Path}:Query", "does not begin with ?, or has characters that are to be percent-encoded.");
        }

        var request = cluster.GetSection("HttpRequest");
        if (request["Version"] is "3" or "3.0"
            && string.Equals(request["VersionPolicy"], nameof(HttpVersionPolicy.RequestVersionExact), StringComparison.OrdinalIgnoreCase)
            && destinations.GetChildren().FirstOrDefault(IsClearText) is { } clear)
        {
            yield return new($"{request.Path}:Version", $"HTTP/3 has no clear text, and the destination {clear.Key} has no other.");
        }

        if (cluster["HttpClient:WebProxy:Address"] is { } proxy && !IsProxy(proxy))
        {
            yield return new($"{cluster.Path}:HttpClient:WebProxy:Address", "is not an address such as http://127.0.0.1:3128.");
        }
    }

    private static bool IsClearText(IConfigurationSection destination) =>
        destination["Address"]?.StartsWith("http:", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>The client library knows more of what a <c>Host</c> may be.</summary>
    private static bool CanBeSent(string host)
    {
        using var request = new HttpRequestMessage();
        try
        {
            request.Headers.Host = host;
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static string? FindAddressProblem(string? address)
    {
        if (address is null || address.AsSpan().ContainsAny(Unfit)
            || !Uri.TryCreate(address, UriKind.Absolute, out var parsed)
            || parsed is not { Scheme: "http" or "https", Host.Length: > 0, Port: > 0 })
        {
            return $"'{Shown(address)}' is not an address such as http://127.0.0.1:8090.";
        }

        return parsed.UserInfo.Length > 0 ? "has a user name, which is never sent."
            : address.AsSpan().ContainsAny('?', '#') ? $"'{address}' has a query or a fragment; the path of requests comes after it."
            : CanBeCompleted(address) ? null
            : $"'{address}' is not an address such as http://127.0.0.1:8090.";
    }

    private static bool CanBeCompleted(string address)
    {
        try
        {
            return RequestUtilities.MakeDestinationAddress(address, "/a", QueryString.Empty).IsAbsoluteUri;
        }
        catch (UriFormatException)
        {
            return false;
        }
    }

    /// <summary>What stands before an <c>@</c> may be a password, also where the rest is no address.</summary>
    private static string? Shown(string? address) =>
        address?.LastIndexOf('@') is { } at and >= 0 ? "***" + address[at..] : address;

    private static bool IsProxy(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var parsed) && parsed is { Scheme: "http" or "https" or "socks4" or "socks4a" or "socks5", Host.Length: > 0 };
}
