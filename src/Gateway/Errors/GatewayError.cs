using System.Text;
using System.Text.Json;

namespace Eventicat.Gateway.Errors;

/// <summary>One answer of the gateway itself: the event it is known by in logs, the status, and the body.</summary>
internal sealed class GatewayError
{
    /// <value>Stable name for logs and metrics.</value>
    public required string Name { get; init; }

    public required int Status { get; init; }

    /// <value>What the client reads, in the API's shape <c>{"error": …}</c>.</value>
    public required string Message
    {
        get;
        init
        {
            field = value;
            Body = Encoding.UTF8.GetBytes($"{{\"error\":{JsonSerializer.Serialize(value)}}}");
        }
    }

    /// <value>Seconds for <c>Retry-After</c>; <c>null</c> when a retry would not help.</value>
    public int? RetryAfterSeconds { get; init; }

    /// <value>
    /// Whether the connection ends with it (HTTP/1): where a message that is refused ends, another server on the way
    /// may see otherwise (RFC 9112 section 11.2), or its body stays unread.
    /// </value>
    public bool EndsConnection { get; init; }

    public ReadOnlyMemory<byte> Body { get; private init; }
}
