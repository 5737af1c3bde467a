using System.Buffers;
using System.Text.Json;
using Eventicat.EventSink.Errors;
using Eventicat.EventSink.Identity;
using Eventicat.EventSink.Storage;

namespace Eventicat.EventSink.Ingestion;

/// <summary>How large an event may be. Texts are counted in UTF-16 units, as <c>String.length</c> does in a browser.</summary>
internal static class EventLimits
{
    public const int Bytes = 32 * 1024;
    public const int NameLength = 200;
    public const int ClientIdLength = 128;
    public const int Tags = 32;
    public const int TagKeyLength = 64;
    public const int TagValueLength = 512;
    public const int DataDepth = 16;
}

/// <summary>An event while its fields arrive, with everything that is wrong with it. A field given twice: the last one counts.</summary>
internal sealed class EventDraft
{
    private static readonly SearchValues<char> TagKeyCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.:-");

    private readonly List<FieldError> _errors = [];
    private string? _name;
    private string? _clientId;
    private DateTimeOffset? _timestamp;
    private double? _value;
    private string? _description;
    private string _tags = "{}";
    private string? _data;

    public IReadOnlyList<FieldError> Errors => _errors;

    public void Fail(string field, string code, string message) => _errors.Add(new FieldError(0, field, code, message));

    public void SetName(string? text)
    {
        _name = text?.Trim() ?? "";
        if (_name.Length == 0)
        {
            Fail("name", "required", "A name is required");
        }
        else if (_name.Length > EventLimits.NameLength)
        {
            Fail("name", "length", $"At most {EventLimits.NameLength} characters");
        }
        else if (_name.Any(char.IsControl))
        {
            Fail("name", "characters", "No control characters");
        }
    }

    public void SetClientId(string field, string text)
    {
        _clientId = text;
        if (text.Length is 0 or > EventLimits.ClientIdLength || text.Any(char.IsControl))
        {
            Fail(field, "format", $"1 to {EventLimits.ClientIdLength} characters without control characters");
        }
    }

    public void SetTimestamp(DateTimeOffset? timestamp)
    {
        _timestamp = timestamp;
        if (timestamp is null)
        {
            Fail("timestamp", "format", "RFC 3339 with an offset, or Unix time in seconds or milliseconds");
        }
    }

    public void SetValue(double? value)
    {
        _value = value;
        if (value is null || !double.IsFinite(value.Value))
        {
            Fail("value", "format", "A finite number");
        }
    }

    public void SetDescription(string text)
    {
        _description = text;
        if (text.Contains('\0'))
        {
            Fail("description", "characters", "No NUL character");
        }
    }

    /// <param name="tags">Each tag with its value as JSON; null for a value that is no string, number or boolean, or is too long.</param>
    public void SetTags(IReadOnlyDictionary<string, string?> tags)
    {
        if (tags.Count > EventLimits.Tags)
        {
            // One error for all of them, so that an answer cannot grow with the nonsense sent.
            Fail("tags", "count", $"At most {EventLimits.Tags} tags");
            return;
        }

        foreach (var (key, value) in tags)
        {
            CheckTag(key, value);
        }

        // Keys need no escaping: what would need it is not allowed in one.
        _tags = $"{{{string.Join(',', tags.Select(tag => $"\"{tag.Key}\":{tag.Value}"))}}}";
    }

    public void SetData(string json) => _data = json;

    /// <returns>Null if there are errors.</returns>
    public NewEvent? Complete(GatewayIdentity identity)
    {
        if (_name is null)
        {
            SetName(null);
        }

        return _errors.Count > 0 ? null : new NewEvent
        {
            Owner = identity.Owner,
            RequestId = identity.RequestId,
            ClientId = _clientId,
            Name = _name!,
            Timestamp = _timestamp,
            Value = _value,
            Description = _description,
            Tags = _tags,
            Data = _data,
        };
    }

    private void CheckTag(string key, string? value)
    {
        var field = $"tags.{(key.Length <= EventLimits.TagKeyLength ? key : key[..EventLimits.TagKeyLength])}";
        if (key.Length is 0 or > EventLimits.TagKeyLength || key.AsSpan().ContainsAnyExcept(TagKeyCharacters))
        {
            Fail(field, "format", $"The name of a tag is 1 to {EventLimits.TagKeyLength} letters, digits and _ . : -");
        }

        if (value is null)
        {
            Fail(field, "type", $"A tag is a string of at most {EventLimits.TagValueLength} characters, a number or a boolean");
        }
    }

    /// <summary>A string tag as JSON, or null if it is too long.</summary>
    public static string? TagText(string text) =>
        text.Length <= EventLimits.TagValueLength ? $"\"{JsonEncodedText.Encode(text)}\"" : null;
}
