using System.Text.Encodings.Web;
using System.Text.Json;

namespace Eventicat.Accounts.Storage.Documents;

internal static class AccountJsonFormat
{
    /// <summary>One line: for Redis and NDJSON.</summary>
    public static AccountJsonContext Compact { get; } = With(indented: false);

    /// <summary>For the file that people read and keep in version control.</summary>
    public static AccountJsonContext Indented { get; } = With(indented: true);

    // Relaxed: names appear as typed, not as \u escapes. The text is never embedded into HTML as it is.
    private static AccountJsonContext With(bool indented) => new(new JsonSerializerOptions(AccountJsonContext.Default.Options)
    {
        WriteIndented = indented,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
