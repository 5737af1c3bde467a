namespace Eventicat.Hosting.Logging;

/// <summary>
/// A process that is started without a standard output gets that descriptor for what it opens first: a pipe by which the
/// runtime tells itself of signals. A log that is written there is read by nobody.
/// </summary>
internal static class OwnPipe
{
    private const string Flags = "flags:";

    /// <summary>Whether what the process would write is read by the process itself.</summary>
    public static bool Is(int descriptor)
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        try
        {
            var target = new FileInfo($"/proc/self/fd/{descriptor}").LinkTarget;
            return target?.StartsWith("pipe:", StringComparison.Ordinal) == true && Directory.EnumerateFiles("/proc/self/fd")
                .Select(Path.GetFileName)
                .Any(other => new FileInfo($"/proc/self/fd/{other}").LinkTarget == target && IsForReading(other!));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Without /proc nothing is known.
            return false;
        }
    }

    /// <summary>The last octal digit has how it was opened: 0 for reading, 1 for writing.</summary>
    private static bool IsForReading(string descriptor)
    {
        var path = $"/proc/self/fdinfo/{descriptor}";
        return File.Exists(path) && File.ReadLines(path)
            .Any(line => line.StartsWith(Flags, StringComparison.Ordinal) && ((line[^1] - '0') & 3) == 0);
    }
}
