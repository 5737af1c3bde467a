using System.Globalization;
using Eventicat.EventSink.Errors;
using Eventicat.EventSink.Identity;
using Eventicat.EventSink.Storage;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace Eventicat.EventSink.Reading;

/// <summary>Lists the newest events of the request's account and aggregator.</summary>
internal sealed class ReadingHandler(IEventStore store)
{
    private const int DefaultLimit = 100;
    private const int MaxLimit = 1000;

    public async Task HandleAsync(HttpContext context)
    {
        if (LimitOf(context.Request.Query["limit"]) is not { } limit)
        {
            await context.Response.AnswerAsync(SinkError.InvalidLimit);
            return;
        }

        var owner = context.Features.GetRequiredFeature<GatewayIdentity>().Owner;
        try
        {
            var events = await store.ReadNewestAsync(owner, limit, context.RequestAborted);
            await context.Response.AnswerAsync(StatusCodes.Status200OK, EventListBody.From(events));
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
