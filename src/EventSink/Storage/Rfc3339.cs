using System.Globalization;

namespace Eventicat.EventSink.Storage;

internal static class Rfc3339
{
    /// <summary>UTC to the millisecond, which is what is stored.</summary>
    public static string ToRfc3339(this DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
