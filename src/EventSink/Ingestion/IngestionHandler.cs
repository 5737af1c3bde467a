using Eventicat.EventSink.Errors;
using Eventicat.EventSink.Identity;
using Eventicat.EventSink.Journal;
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
