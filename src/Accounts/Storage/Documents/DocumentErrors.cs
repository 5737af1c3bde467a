using System.Globalization;
using System.Text.Json;
using Eventicat.Hosting.Formats;

namespace Eventicat.Accounts.Storage.Documents;

/// <summary>
/// Everything that is wrong with a document, each with its path. Texts name members and rules, never values: what
/// stands where a digest belongs may be a key.
/// </summary>
internal sealed class DocumentErrors
{
    private readonly List<string> _texts = [];

    public IReadOnlyList<string> Texts => _texts;

    public void Add(string path, string text) => _texts.Add(path.Length == 0 ? text : $"{path}: {text}");

    public void AddUnknown(string path, Dictionary<string, JsonElement>? members)
    {
        foreach (var member in members?.Keys ?? Enumerable.Empty<string>())
        {
            Add(path.Length == 0 ? member : $"{path}.{member}", "unknown member");
        }
    }

    /// <summary>The reader stops at the first thing that is not JSON or not of the member's type.</summary>
    public void AddUnreadable(JsonException exception)
    {
        var line = (exception.LineNumber ?? 0) + 1;
        var column = (exception.BytePositionInLine ?? 0) + 1;
        var path = exception.Path is null or "$" ? "" : exception.Path[2..];
        var fault = exception is Rfc3339Exception ? Rfc3339.Rule : "not valid JSON for this place";
        Add(path, string.Create(CultureInfo.InvariantCulture, $"{fault} (line {line}, byte {column})"));
    }
}
