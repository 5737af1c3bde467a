using Eventicat.EventSink.Identity;
using Eventicat.EventSink.Ingestion;
using Eventicat.EventSink.Storage;
using Eventicat.EventSink.Tests.Storage;

namespace Eventicat.EventSink.Tests.Ingestion;

internal static class DraftOutcome
{
    public static NewEvent Accepted(this EventDraft? draft)
    {
        Assert.NotNull(draft);
        var item = draft.Complete(new GatewayIdentity(SampleEvents.Owner, "r1"));
        Assert.Empty(draft.Errors);
        return item!;
    }

    /// <summary>The errors as <c>field:code</c>.</summary>
    public static string[] Rejected(this EventDraft? draft)
    {
        Assert.NotNull(draft);
        Assert.Null(draft.Complete(new GatewayIdentity(SampleEvents.Owner, "r1")));
        return [.. draft.Errors.Select(error => $"{error.Field}:{error.Code}")];
    }
}
