using System.Globalization;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Eventicat.Redis.Endpoints;

/// <summary>
/// For how long, all in all, something on this machine may have been ready to run and had to wait for a processor, as
/// Linux counts it (pressure stall information). Where that cannot be read, no time is known to have been short.
/// </summary>
internal sealed class ProcessorPressure : IDisposable
{
    /// <summary>
    /// Linux takes the average of the processors: all of the waiting may have been at one of them. Where there are many
    /// of them, somebody always waits somewhere, and that says little about Redis.
    /// </summary>
    private static readonly int Processors = Math.Min(Environment.ProcessorCount, 4);

    private readonly SafeFileHandle? _file;

    public ProcessorPressure(string path = "/proc/pressure/cpu")
    {
        try
        {
            _file = System.IO.File.OpenHandle(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Another system, or switched off.
        }
    }

    /// <returns>It only grows; <see cref="TimeSpan.Zero"/>: not known.</returns>
    public TimeSpan Read()
    {
        if (_file is null)
        {
            return TimeSpan.Zero;
        }

        Span<byte> bytes = stackalloc byte[128];
        try
        {
            // some avg10=0.00 avg60=0.00 avg300=0.00 total=123456
            var text = Encoding.ASCII.GetString(bytes[..RandomAccess.Read(_file, bytes, fileOffset: 0)]);
            var start = text.IndexOf("total=", StringComparison.Ordinal);
            var total = start < 0 ? [] : text.AsSpan(start + "total=".Length);
            var end = total.IndexOf('\n');
            return long.TryParse(end < 0 ? total : total[..end], NumberStyles.None, CultureInfo.InvariantCulture, out var microseconds)
                ? Processors * TimeSpan.FromMicroseconds(microseconds)
                : TimeSpan.Zero;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return TimeSpan.Zero;
        }
    }

    public void Dispose() => _file?.Dispose();
}
