using System.Text.Json;
using System.Text.Json.Serialization;
using Eventicat.EventSink.Storage;
using Eventicat.Hosting.Formats;

namespace Eventicat.EventSink.Ingestion;

/// <param name="Status">Always <c>ok</c>.</param>
/// <param name="Id">The event's id.</param>
/// <param name="Received">When the sink took it.</param>
/// <param name="Duplicate">
/// False for a request that arrives again too: the transport sent it again, and the client must not be able to tell.
/// </param>
internal sealed record ReceiptBody(string Status, string Id, string Received, bool Duplicate)
{
    public static byte[] From(Receipt receipt) => JsonSerializer.SerializeToUtf8Bytes(
        new ReceiptBody("ok", receipt.Id.ToString(), receipt.Received.ToRfc3339(), Duplicate: false),
        ReceiptJson.Default.ReceiptBody);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ReceiptBody))]
internal sealed partial class ReceiptJson : JsonSerializerContext;
