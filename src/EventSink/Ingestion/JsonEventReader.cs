using System.Text.Json;

namespace Eventicat.EventSink.Ingestion;

/// <summary>An event as a JSON object. Null for an optional member is the same as leaving it out.</summary>
internal static class JsonEventReader
{
    /// <returns>Null when the body is not JSON.</returns>
    public static EventDraft? Read(ReadOnlyMemory<byte> body)
    {
        using var document = JsonText.Parse(body);
        if (document is null)
        {
            return null;
        }

        var draft = new EventDraft();
        if (document.RootElement.ValueKind == JsonValueKind.Object)
        {
            ReadMembers(document.RootElement, draft);
        }
        else
        {
            draft.Fail("", "type", "An event is a JSON object");
        }

        return draft;
    }

    private static void ReadMembers(JsonElement root, EventDraft draft)
    {
        // Of a repeated member the last counts, as in JSON.parse.
        var members = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var member in root.EnumerateObject())
        {
            members[member.Name] = member.Value;
        }

        var given = members.Remove("data", out var data) ? data : default;
        var unknown = members.Where(member => !TryRead(member.Key, member.Value, draft)).ToArray();
        if (EventData.Depth(given, unknown) > EventLimits.DataDepth)
        {
            draft.Fail("data", "depth", $"At most {EventLimits.DataDepth} levels");
        }
        else if (EventData.Merge(given, unknown) is { } merged)
        {
            draft.SetData(merged);
        }
    }

    /// <returns>False for a member that the format does not know.</returns>
    private static bool TryRead(string name, JsonElement value, EventDraft draft)
    {
        switch (name)
        {
            case "name":
                ReadText(name, value, draft, draft.SetName);
                return true;
            case "id":
                ReadText(name, value, draft, text => draft.SetClientId("id", text));
                return true;
            case "description":
                ReadText(name, value, draft, draft.SetDescription);
                return true;
            case "timestamp":
                ReadTimestamp(value, draft);
                return true;
            case "value":
                ReadValue(value, draft);
                return true;
            case "tags":
                ReadTags(value, draft);
                return true;
            default:
                return false;
        }
    }

    private static void ReadText(string field, JsonElement value, EventDraft draft, Action<string> set)
    {
        if (value.ValueKind == JsonValueKind.String)
        {
            set(value.GetString()!);
        }
        else if (value.ValueKind != JsonValueKind.Null)
        {
            draft.Fail(field, "type", "A string");
        }
    }

    private static void ReadTimestamp(JsonElement value, EventDraft draft)
    {
        if (value.ValueKind != JsonValueKind.Null)
        {
            draft.SetTimestamp(value.ValueKind switch
            {
                JsonValueKind.Number => EventTimestamp.FromEpoch(value.GetDouble()),
                JsonValueKind.String => EventTimestamp.Parse(value.GetString()!),
                _ => null,
            });
        }
    }

    private static void ReadValue(JsonElement value, EventDraft draft)
    {
        if (value.ValueKind != JsonValueKind.Null)
        {
            draft.SetValue(value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null);
        }
    }

    private static void ReadTags(JsonElement value, EventDraft draft)
    {
        if (value.ValueKind == JsonValueKind.Object)
        {
            var tags = new Dictionary<string, string?>(StringComparer.Ordinal);
            foreach (var tag in value.EnumerateObject())
            {
                tags[tag.Name] = tag.Value.ValueKind switch
                {
                    JsonValueKind.String => EventDraft.TagText(tag.Value.GetString()!),
                    JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => tag.Value.GetRawText(),
                    _ => null,
                };
            }

            draft.SetTags(tags);
        }
        else if (value.ValueKind != JsonValueKind.Null)
        {
            draft.Fail("tags", "type", "An object");
        }
    }
}
