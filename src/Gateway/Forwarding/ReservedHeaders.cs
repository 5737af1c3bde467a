using System.Collections.Frozen;

namespace Eventicat.Gateway.Forwarding;

/// <summary>
/// Headers of a client that a backend must not get. Servers behind CGI, WSGI or PHP take <c>_</c>, some also <c>.</c>,
/// for <c>-</c>: a name in such a spelling is an alias, and counts as the name it would be read as.
/// </summary>
internal static class ReservedHeaders
{
    /// <summary>
    /// Backends that believe one of these believe the others (<c>-Port</c>, <c>-Ssl</c>, <c>-Scheme</c>, <c>-Client-Cert</c>),
    /// and the gateway answers for what they get.
    /// </summary>
    private const string ForwardedPrefix = "X-Forwarded-";

    /// <summary>Set by the forwarder in a client's place, or added to by a route that wants it so.</summary>
    private static readonly FrozenSet<string> Forwarded = FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto");
    private static readonly FrozenSet<string> ForwardedInAnySpelling = Forwarded.ToFrozenSet(HeaderSpelling.Generous);

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
    /// <returns>Whether a client's is dropped.</returns>
    public static bool MustDrop(string name, bool allowsMethodOverride) =>
        IsOfTheGateway(name)
        || (Overrides.Contains(name) ? !allowsMethodOverride : HeaderSpelling.StartsWith(name, ForwardedPrefix) && !Forwarded.Contains(name));

    /// <summary>Whether nobody else may say it, a route of the configuration neither.</summary>
    public static bool IsOfTheGateway(string name) =>
        HeaderSpelling.StartsWith(name, ForwardingConstants.OwnPrefix) || Never.Contains(name)
        || (IsAlias(name) && (Framing.Contains(name) || ForwardedInAnySpelling.Contains(name)));

    private static bool IsAlias(string name) => name.AsSpan().ContainsAny('_', '.');

    private static FrozenSet<string> Names(params string[] names) => names.ToFrozenSet(HeaderSpelling.Generous);
}
