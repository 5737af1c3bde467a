using System.Text.Json;
using System.Text.Json.Serialization;
using Eventicat.EventSink.Errors;
using Eventicat.EventSink.Identity;
using Eventicat.EventSink.Journal;
using Eventicat.EventSink.Storage;
using Eventicat.Hosting.Formats;
using Microsoft.AspNetCore.Http.Features;

namespace Eventicat.EventSink.Ingestion;

/// <summary>Takes one event and answers when it is synced.</summary>
internal sealed class IngestionHandler(EventJournal journal)
{
    public Task HandleGetAsync(HttpContext context) =>
        StoreAsync(context, QueryEventReader.Read(context.Request.QueryString.Value));

    public async Task HandlePostAsync(HttpContext context)
    {
        if (EventBody.Refusal(context.Request) is { } refusal)
        {
            await RefuseAsync(context.Response, refusal);
        }
        else if (await EventBody.ReadAsync(context.Request, context.RequestAborted) is not { } body)
        {
            await RefuseAsync(context.Response, SinkError.EventTooLarge);
        }
        else if (JsonEventReader.Read(body) is not { } draft)
        {
            await context.Response.AnswerAsync(SinkError.MalformedJson);
        }
        else
        {
            await StoreAsync(context, draft);
        }
    }

    private static Task RefuseAsync(HttpResponse response, SinkError error) =>
        response.AnswerAsync(error, new ErrorBody(error.Text, error == SinkError.EventTooLarge ? EventLimits.Bytes : null));

    private async Task StoreAsync(HttpContext context, EventDraft draft)
    {
        if (draft.Complete(context.Features.GetRequiredFeature<GatewayIdentity>()) is not { } item)
        {
            await context.Response.AnswerAsync(
                SinkError.InvalidEvent, new ErrorBody(SinkError.InvalidEvent.Text, Details: draft.Errors));
        }
        else if (await journal.AppendAsync(item) is { } receipt)
        {
            await context.Response.AnswerAsync(StatusCodes.Status200OK, ReceiptBody.From(receipt));
        }
        else
        {
            await context.Response.AnswerAsync(SinkError.StoreUnavailable);
        }
    }
}

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
