namespace Eventicat.Fuzzing.Model;

/// <summary>Which of a client's fields go on to the backend, byte for byte.</summary>
internal static class ForwardedFields
{
    /// <summary>What speaks of one connection only (RFC 9110 section 7.6.1, and what YARP adds), and what frames a message.</summary>
    private static readonly HashSet<string> Dropped = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connection", "Keep-Alive", "Proxy-Connection", "Proxy-Authenticate", "Proxy-Authorization", "Proxy-Authentication-Info",
        "Upgrade", "HTTP2-Settings", "Transfer-Encoding", "Content-Length", "Host",
    };

    /// <summary>Their presence is the platform's own affair: tracing is renewed at each hop, and the rest concerns how a body is sent.</summary>
    private static readonly string[] Free =
    [
        "te", "trailer", "expect", "content-length", "transfer-encoding", "traceparent", "tracestate", "baggage", "request-id",
        "correlation-context", "x-eventicat-identity", "alpn", "close", "proxy-features", "proxy-instruction", "security-scheme", "x-content-length",
    ];

    /// <summary>Only the gateway may set these, or they give a request another method, URL or length.</summary>
    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "X-Request-Id", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Prefix",
        "X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override", "X-Original-URL", "X-Rewrite-URL",
    };

    /// <summary>Nobody has said what these are; some backends read them like those above.</summary>
    private static readonly HashSet<string> Unsaid = new(StringComparer.OrdinalIgnoreCase)
    {
        "X-Original-URI", "X-Original-Method", "X-Original-Host", "X-Original-For", "X-Original-Proto", "X-Override-URL", "X-Original-Path", "X-Rewrite-URI",
        "X-Forwarded", "Forwarded", "X-Host", "X-Real-IP", "X-HTTP-Path-Override", "X-HTTP-Host-Override", "X-Original-HTTP-Method",
        "X-Envoy-Original-Path", "Script-Name", "Path-Info", "Proxy",
    };

    /// <summary>Names whose aliases need not be taken for anything.</summary>
    private static readonly HashSet<string> OfTheMessage = new(StringComparer.OrdinalIgnoreCase)
    {
        "Content-Type", "Content-Encoding", "Keep-Alive", "Proxy-Connection", "Proxy-Authorization", "Proxy-Authenticate",
    };

    private static readonly string[] Framing = ["Content-Length", "Transfer-Encoding"];

    public static (Dictionary<string, string> Fields, HashSet<string> Optional) Of(ClientRequest request, string key)
    {
        var nominated = request.Values("Connection").SelectMany(value => value.Split(',')).Select(name => name.Trim(' ', '\t')).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var optional = new HashSet<string>(Free, StringComparer.Ordinal);
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var group in request.Fields.GroupBy(field => field.Name.ToLowerInvariant(), StringComparer.Ordinal))
        {
            var name = group.Key;
            if (Dropped.Contains(name) || IsReserved(name) || name == "authorization" || optional.Contains(name))
            {
                continue;
            }

            fields[name] = string.Join(SeparatorOf(name), group.Select(field => (name == "referer" ? CutKeys(field.Value, key) : field.Value).Trim(' ', '\t'))).Trim(' ', '\t');
            var plain = name.Replace('_', '-').Replace('.', '-');
            if (nominated.Contains(name) || Unsaid.Contains(plain) || IsForwarded(plain) || (plain != name && OfTheMessage.Contains(plain)))
            {
                fields.Remove(name);
                optional.Add(name);
            }
        }

        return (fields, optional);
    }

    private static string CutKeys(string referer, string key)
    {
        var start = referer.IndexOf('?', StringComparison.Ordinal);
        var end = referer.IndexOf('#', Math.Max(start, 0));
        var query = start < 0 ? "" : referer[start..(end < 0 ? referer.Length : end)];
        var target = new RequestTarget("/" + query);
        var rest = target.HidesKey ? "" : target.Keys.Count > 0 ? target.CutQuery : query;
        var cut = start < 0 ? referer : referer[..start] + rest + (end < 0 ? "" : referer[end..]);
        var path = cut.Split('?', '#')[0];
        return !target.HasKeyAlias && !Holds(cut) ? cut : Holds(path) ? "" : path;

        bool Holds(string text) => Grammar.Decode(Grammar.Decode(text)).Contains(key, StringComparison.Ordinal);
    }

    /// <summary>Others of this family are the operator's affair.</summary>
    private static bool IsForwarded(string plain) => plain.StartsWith("x-forwarded-", StringComparison.OrdinalIgnoreCase);

    /// <summary>What one line for several has between its values.</summary>
    public static string SeparatorOf(string name) => name switch
    {
        "cookie" => "; ",
        "user-agent" => " ",
        _ => ", ",
    };

    /// <summary>Also under the names that CGI, WSGI or PHP would take for these.</summary>
    public static bool IsReserved(string name)
    {
        var plain = name.Replace('_', '-').Replace('.', '-');
        return Reserved.Contains(plain) || plain.StartsWith("x-eventicat-", StringComparison.OrdinalIgnoreCase)
            || (Framing.Contains(plain, StringComparer.OrdinalIgnoreCase) && plain != name);
    }
}
