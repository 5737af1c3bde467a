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

        if (response.StatusCode is HttpStatusCode.NoContent or HttpStatusCode.ResetContent
            && (response.Content.Headers.ContentLength > 0 || response.Headers.TransferEncodingChunked == true))
        {
            throw new InvalidBackendResponseException("UnexpectedBody");
        }
    }

    /// <summary>The client library goes by the first, and copies them all; the server takes no second, not even an equal one.</summary>
    private static bool IsOneLength(System.Net.Http.Headers.HeaderStringValues lengths) =>
        lengths.Count == 1 && lengths.First() is { Length: > 0 } length && !length.AsSpan().ContainsAnyExceptInRange('0', '9');

    /// <summary>A 205 without a length may be followed by a body until the connection ends; what there is has no meaning.</summary>
    public static bool HasMeaninglessBody(HttpResponseMessage response) =>
        response.StatusCode == HttpStatusCode.ResetContent && response.Content.Headers.ContentLength is null;
}

/// <param name="reason">A word for the log.</param>
internal sealed class InvalidBackendResponseException(string reason) : Exception(reason);
