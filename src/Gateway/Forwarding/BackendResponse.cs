using System.Net;

namespace Eventicat.Gateway.Forwarding;

/// <summary>
/// Answers that no client can be given: the server would fail over them half-way, with some of their headers sent.
/// RFC 9110 sections 8.6, 15, 15.2.2, 15.3.5 and 15.3.6.
/// </summary>
internal static class BackendResponse
{
    /// <exception cref="InvalidBackendResponseException">The answer is one of those.</exception>
    public static void ThrowIfInvalid(HttpResponseMessage response, bool isUpgradeAskedFor)
    {
        if ((int)response.StatusCode < 100)
        {
            throw new InvalidBackendResponseException("NoStatus");
        }

        if (response.StatusCode == HttpStatusCode.SwitchingProtocols && !isUpgradeAskedFor)
        {
            throw new InvalidBackendResponseException("UnaskedUpgrade");
        }

        if (response.Content.Headers.NonValidated.TryGetValues("Content-Length", out var lengths) && !IsOneLength(lengths))
        {
            throw new InvalidBackendResponseException("ContradictoryLength");
        }

        if (response.Headers.NonValidated.TryGetValues("Transfer-Encoding", out var codings) && !IsChunkedOnly(codings, response))
        {
            throw new InvalidBackendResponseException("UnknownCoding");
        }

        if (response.StatusCode is HttpStatusCode.NoContent or HttpStatusCode.ResetContent
            && (response.Content.Headers.ContentLength > 0 || response.Headers.TransferEncodingChunked == true))
        {
            throw new InvalidBackendResponseException("UnexpectedBody");
        }
    }

    /// <summary>The client library goes by the first, and copies them all; the server takes no second, not even an equal one.</summary>
    private static bool IsOneLength(System.Net.Http.Headers.HeaderStringValues lengths) =>
        lengths.Count == 1 && lengths.First() is { Length: > 0 } length && !length.AsSpan().ContainsAnyExceptInRange('0', '9');

    /// <summary>
    /// The client library takes off the chunks and nothing else: bytes in another coding would go on as the content
    /// (RFC 9112 section 6.1). Beside a length, readers disagree on where it ends (section 6.3).
    /// </summary>
    private static bool IsChunkedOnly(System.Net.Http.Headers.HeaderStringValues codings, HttpResponseMessage response) =>
        codings.Count == 1
        && string.Equals(codings.First(), "chunked", StringComparison.OrdinalIgnoreCase)
        && !response.Content.Headers.NonValidated.Contains("Content-Length");

    /// <summary>
    /// Without a length a 205 may be followed by a body until the connection ends, and over HTTP/2 a 204 too. What there is
    /// has no meaning.
    /// </summary>
    public static bool HasMeaninglessBody(HttpResponseMessage response) =>
        response.StatusCode is HttpStatusCode.NoContent or HttpStatusCode.ResetContent && response.Content.Headers.ContentLength is null;
}

/// <param name="reason">A word for the log.</param>
internal sealed class InvalidBackendResponseException(string reason) : Exception(reason);
