using System.ComponentModel.DataAnnotations;
using Eventicat.Hosting.Configuration;

namespace Eventicat.Gateway.Limits;

/// <summary>Section <c>Limits</c>: what a request may weigh before it is looked at.</summary>
internal sealed class LimitsOptions
{
    public const string Section = "Limits";

    /// <value>Bytes of the request line, 1024 to 1 MiB; longer ones get 414. Default 8 KiB.</value>
    [Range(1024, 1024 * 1024, ErrorMessage = "is not within 1024 and 1048576")]
    public int RequestLineBytes { get; set; } = 8 * 1024;

    /// <value>Bytes of all header fields, 1024 to 1 MiB; more get 431. Default 16 KiB.</value>
    [Range(1024, 1024 * 1024, ErrorMessage = "is not within 1024 and 1048576")]
    public int HeaderBytes { get; set; } = 16 * 1024;

    /// <value>Header fields, 8 to 1000; more get 431. Default 64.</value>
    [Range(8, 1000, ErrorMessage = "is not within 8 and 1000")]
    public int HeaderCount { get; set; } = 64;

    /// <value>Bytes of a body, up to 1 GiB; larger ones get 413. Default 5 MiB.</value>
    [Range(0, 1024L * 1024 * 1024, ErrorMessage = "is not within 0 and 1073741824")]
    public long BodyBytes { get; set; } = 5 * 1024 * 1024;

    /// <value>How long the header section may take to arrive. Default 10 s.</value>
    [Duration("00:00:01", "00:10:00")]
    public TimeSpan HeadersTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <value>How long an idle connection is kept. Default 75 s.</value>
    [Duration("00:00:01", "01:00:00")]
    public TimeSpan KeepAlive { get; set; } = TimeSpan.FromSeconds(75);
}
