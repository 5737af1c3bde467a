using System.Collections.Frozen;

namespace Eventicat.Gateway.Forwarding;

/// <summary>
/// Headers of a client that a backend must not get. Servers behind CGI, WSGI or PHP take <c>_</c>, some also <c>.</c>,
/// for <c>-</c>: a name in such a spelling is an alias, and counts as the name it would be read as.
/// </summary>
internal static class ReservedHeaders
{
    private const string ForwardedPrefix = "X-Forwarded-";

    /// <summary>Only the gateway says the first. CGI takes the other for the address of its proxy (CVE-2016-5385).</summary>
    private static readonly FrozenSet<string> Never = Names(ForwardingConstants.RequestIdHeader, "Proxy");

    /// <summary>Set or removed by the forwarder under their own names, which leaves their aliases.</summary>
    private static readonly FrozenSet<string> Framing = Names(
        "Content-Length", "Content-Type", "Content-Encoding", "Transfer-Encoding", "Keep-Alive", "Proxy-Connection",
        "Proxy-Authorization", "Proxy-Authenticate");

    /// <summary>They give a request another method or address than the one whose scope was checked.</summary>
    private static readonly FrozenSet<string> Overrides = Names(
        "X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override", "X-Original-Method", "X-Original-HTTP-Method", "X-Forwarded-Method",
        "HTTP-Method-Override", "Method-Override", "X-HTTP-Path-Override", "X-HTTP-Host-Override", "X-Original-Host",
        "X-Original-Request-URI", "X-Request-URI", "Request-URI", "X-Replaced-Path", "X-Waws-Unencoded-URL", "X-Proxy-URL", "X-Accel-Redirect",
        "X-Original-URL", "X-Original-URI", "X-Original-Path", "X-Rewrite-URL", "X-Rewrite-URI", "X-Override-URL",
        "X-Forwarded-URI", "X-Forwarded-URL", "X-Forwarded-Path", "X-Forwarded-Prefix", "X-Forwarded-Script-Name",
        "X-Envoy-Original-Path", "Script-Name", "Path-Info");

    /// <param name="name">A token.</param>
    /// <param name="allowsMethodOverride">Whether the route trusts its clients with methods and addresses.</param>
    public static bool MustDrop(string name, bool allowsMethodOverride)
    {
        if (StartsWith(name, ForwardingConstants.OwnPrefix) || Never.Contains(name))
        {
            return true;
        }

        return (IsAlias(name) && (Framing.Contains(name) || StartsWith(name, ForwardedPrefix)))
            || (!allowsMethodOverride && Overrides.Contains(name));
    }

    private static bool IsAlias(string name) => name.AsSpan().ContainsAny('_', '.');

    private static bool StartsWith(string name, string prefix) =>
        name.Length >= prefix.Length && Spelling.AreSame(name.AsSpan(0, prefix.Length), prefix);

    private static FrozenSet<string> Names(params string[] names) => names.ToFrozenSet(new Spelling());

    /// <summary>Compares names as the most generous reader would.</summary>
    private sealed class Spelling : IEqualityComparer<string>
    {
        public static bool AreSame(ReadOnlySpan<char> one, ReadOnlySpan<char> other)
        {
            if (one.Length != other.Length)
            {
                return false;
            }

            for (var i = 0; i < one.Length; i++)
            {
                if (Fold(one[i]) != Fold(other[i]))
                {
                    return false;
                }
            }

            return true;
        }

        public bool Equals(string? x, string? y) => AreSame(x, y);

        public int GetHashCode(string obj)
        {
            var hash = default(HashCode);
            foreach (var letter in obj)
            {
                hash.Add(Fold(letter));
            }

            return hash.ToHashCode();
        }

        private static char Fold(char letter) => letter switch
        {
            '_' or '.' => '-',
            >= 'A' and <= 'Z' => (char)(letter | 0x20),
            _ => letter,
        };
    }
}
