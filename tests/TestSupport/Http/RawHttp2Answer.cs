namespace Eventicat.TestSupport.Http;

/// <summary>How an HTTP/2 stream came to its end.</summary>
public enum RawHttp2End
{
    /// <summary>It has not ended yet.</summary>
    Open,

    /// <summary>The server ended it after its answer.</summary>
    Answered,

    /// <summary>RST_STREAM.</summary>
    Reset,

    /// <summary>GOAWAY, and the stream was not among those that the server still answers.</summary>
    GoneAway,

    /// <summary>The connection ended without a word.</summary>
    Closed,
}

/// <summary>What came back on one HTTP/2 stream. Names, values and body are Latin-1, which keeps every byte.</summary>
/// <param name="End">How the stream ended.</param>
/// <param name="Error">The error code of RST_STREAM or GOAWAY.</param>
/// <param name="Status">0: no answer has begun.</param>
/// <param name="Headers">In order, duplicates included, without pseudo headers.</param>
/// <param name="Body">All DATA.</param>
/// <param name="Trailers">Fields after the body.</param>
public sealed record RawHttp2Answer(
    RawHttp2End End,
    uint Error,
    int Status,
    IReadOnlyList<(string Name, string Value)> Headers,
    string Body,
    IReadOnlyList<(string Name, string Value)> Trailers)
{
    /// <returns>The first header of this name; <c>null</c> if there is none.</returns>
    public string? Header(string name) =>
        Headers.Where(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(header => header.Value).FirstOrDefault();
}
