using Eventicat.EventSink.Configuration;

namespace Eventicat.EventSink.Storage;

/// <summary>Section <c>Storage</c>.</summary>
internal sealed class StorageOptions
{
    public const string Section = "Storage";

    public static readonly IReadOnlyList<ConfigurationRule> Rules =
    [
        new($"{Section}:{nameof(Path)}", "a folder", text => !string.IsNullOrWhiteSpace(text) && !text.Contains('\0')),
        ConfigurationRule.WholeNumber($"{Section}:{nameof(QueueCapacity)}", 1, 1_000_000),
        ConfigurationRule.WholeNumber($"{Section}:{nameof(MaxBatch)}", 1, 100_000),
        ConfigurationRule.Duration($"{Section}:{nameof(BusyTimeout)}", TimeSpan.Zero, TimeSpan.FromMinutes(1)),
    ];

    /// <value>The folder of the event database, created if missing. Default <c>data</c> in the working directory.</value>
    public string Path { get; set; } = "data";

    /// <value>Events that may wait for a commit; one more is answered 503. 1 to 1,000,000, default 10,000.</value>
    public int QueueCapacity { get; set; } = 10_000;

    /// <value>Events in one commit at most. 1 to 100,000, default 1,000.</value>
    public int MaxBatch { get; set; } = 1_000;

    /// <value>How long to wait for another program's lock on the database. Up to 1 minute, default 5 seconds.</value>
    public TimeSpan BusyTimeout { get; set; } = TimeSpan.FromSeconds(5);
}
