namespace Eventicat.Fuzzing.Model;

/// <summary>What came of reading one request by the letter of RFC 9110, 9112 and 9113.</summary>
internal enum Reading
{
    /// <summary>One well-formed request.</summary>
    Whole,

    /// <summary>Its head is well-formed, its body is not, or ends before its length: it may be begun, never completed.</summary>
    BrokenBody,

    /// <summary>It breaks the grammar, and must not be forwarded.</summary>
    Malformed,

    /// <summary>Its head has no end, and must not be forwarded.</summary>
    Incomplete,
}

/// <summary>One request of a client. All text is Latin-1: a character is a byte.</summary>
internal sealed record ClientRequest
{
    public required Reading Reading { get; init; }

    /// <value>Whether the RFCs leave it to the server to refuse this.</value>
    public bool MayBeRefused { get; init; }

    /// <value>Whether the server must close the connection after it.</value>
    public bool IsLast { get; init; }

    public string Method { get; init; } = "";

    public string Target { get; init; } = "";

    public string Authority { get; init; } = "";

    public string Scheme { get; init; } = "http";

    public bool IsHttp2 { get; init; }

    /// <value>HTTP/1.0.</value>
    public bool IsOld { get; init; }

    /// <value>Extended CONNECT (RFC 8441).</value>
    public string? Protocol { get; init; }

    /// <value>Without pseudo headers.</value>
    public IReadOnlyList<(string Name, string Value)> Fields { get; init; } = [];

    public string Body { get; init; } = "";

    public IEnumerable<string> Values(string name) =>
        Fields.Where(field => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(field => field.Value);

    public bool Has(string name) => Values(name).Any();
}
