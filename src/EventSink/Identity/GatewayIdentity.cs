using System.Buffers;
using Eventicat.EventSink.Storage;
using Microsoft.Extensions.Primitives;

namespace Eventicat.EventSink.Identity;

/// <summary>
/// Whose request this is, as the gateway says. The aggregator comes from the header only: the gateway checked that one,
/// and reading <c>_id</c> again could find another.
/// </summary>
/// <param name="Owner">The account and the aggregator.</param>
/// <param name="RequestId">The gateway's name for the client's request, the same when the request is sent again.</param>
internal sealed record GatewayIdentity(EventOwner Owner, string? RequestId)
{
    public const string AccountHeader = "X-Eventicat-Account";
    public const string AggregatorHeader = "X-Eventicat-Aggregator";
    public const string RequestIdHeader = "X-Request-Id";

    private const int MaxId = 64;
    private const int MaxRequestId = 128;

    private static readonly SearchValues<char> IdCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");

    /// <returns>Null unless account and aggregator are each there exactly once and well-formed.</returns>
    public static GatewayIdentity? Read(IHeaderDictionary headers)
    {
        var requestId = headers[RequestIdHeader];
        return IsId(headers[AccountHeader]) && IsId(headers[AggregatorHeader]) && IsRequestId(requestId)
            ? new GatewayIdentity(new EventOwner(headers[AccountHeader]!, headers[AggregatorHeader]!), requestId)
            : null;
    }

    private static bool IsId(StringValues values) =>
        values is [{ Length: > 0 and <= MaxId } id] && !id.AsSpan().ContainsAnyExcept(IdCharacters);

    // A comma is how proxies join a header that came twice.
    private static bool IsRequestId(StringValues values) =>
        values is [] || (values is [{ Length: > 0 and <= MaxRequestId } id] && !id.Contains(','));
}
