using Eventicat.Hosting.Configuration;

namespace Eventicat.Hosting.Shutdown;

/// <summary>Section <c>Shutdown</c>.</summary>
public sealed class ShutdownOptions
{
    public const string Section = "Shutdown";

    public const string LongestDrainDelay = "00:05:00";

    /// <value>
    /// How long requests are served on after the process was told to stop, while readiness fails: load balancers need
    /// that time to notice. Up to five minutes; default five seconds.
    /// </value>
    [Duration("00:00:00", LongestDrainDelay)]
    public TimeSpan DrainDelay { get; set; } = TimeSpan.FromSeconds(5);
}
