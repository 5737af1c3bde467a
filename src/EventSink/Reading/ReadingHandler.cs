using System.Globalization;
using Eventicat.EventSink.Errors;
using Eventicat.EventSink.Identity;
using Eventicat.EventSink.Storage;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace Eventicat.EventSink.Reading;

/// <summary>Lists events of the request's account and aggregator, newest first, in pages, all or those of one name.</summary>
internal sealed class ReadingHandler(IEventStore store)
{
    private const int DefaultLimit = 100;
    private const int MaxLimit = 1000;

    public async Task HandleAsync(HttpContext context)
    {
        var query = context.Request.Query;
        if (LimitOf(query["limit"]) is not { } limit)
        {
            await context.Response.AnswerAsync(SinkError.InvalidLimit);
            return;
        }

        if (!EventCursor.TryParse(query["cursor"], out var before))
        {
            await context.Response.AnswerAsync(SinkError.InvalidCursor);
            return;
        }

        var name = query["name"] is [{ Length: > 0 } one] ? one : null;
        var owner = context.Features.GetRequiredFeature<GatewayIdentity>().Owner;
        try
        {
            var page = await store.ReadAsync(new EventQuery(owner, limit, name, before), context.RequestAborted);
            await context.Response.AnswerAsync(StatusCodes.Status200OK, EventListBody.From(page));
        }
        catch (EventStoreUnavailableException)
        {
            await context.Response.AnswerAsync(SinkError.StoreUnavailable);
        }
    }

    private static int? LimitOf(StringValues values) => values switch
    {
        [] => DefaultLimit,
        [var text] when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit)
            && limit is >= 1 and <= MaxLimit => limit,
        _ => null,
    };
}
