using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;

namespace Eventicat.EventSink.Ingestion;

/// <summary>
/// An event in a URL: <c>name</c>, <c>timestamp</c>, <c>value</c>, <c>_eid</c>. Other names that start with <c>_</c> control the
/// request and are not stored; all the rest are tags. Names are compared with case, and of a repeated one the last counts.
/// </summary>
internal static class QueryEventReader
{
    public static EventDraft Read(string? query)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in new QueryStringEnumerable(query))
        {
            fields[pair.DecodeName().ToString()] = pair.DecodeValue().ToString();
        }

        var draft = new EventDraft();
        var tags = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var (name, text) in fields)
        {
            switch (name)
            {
                case "name":
                    draft.SetName(text);
                    break;
                case "timestamp":
                    draft.SetTimestamp(EventTimestamp.Parse(text));
                    break;
                case "value":
                    draft.SetValue(double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null);
                    break;
                case "_eid":
                    draft.SetClientId("_eid", text);
                    break;
                case ['_', ..]:
                    break;
                default:
                    tags[name] = EventDraft.TagText(text);
                    break;
            }
        }

        draft.SetTags(tags);
        return draft;
    }
}
