using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace Eventicat.EventSink.Reading;

/// <summary>A position in the order of events as clients pass it around: they need not know what it is.</summary>
internal static class EventCursor
{
    private const string Prefix = "e";

    public static string Format(long position) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{position:x}");

    /// <returns>False for what was never a cursor. Nothing at all is the start.</returns>
    public static bool TryParse(StringValues values, out long? position)
    {
        position = null;
        if (values is [] or [""])
        {
            return true;
        }

        var valid = long.TryParse(
            values is [{ } text] && text.StartsWith(Prefix, StringComparison.Ordinal) ? text.AsSpan(Prefix.Length) : "",
            NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var parsed) && parsed >= 0;
        position = valid ? parsed : null;
        return valid;
    }
}
