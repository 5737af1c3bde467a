using System.ComponentModel.DataAnnotations;
using Eventicat.Hosting.Configuration;
using Microsoft.Extensions.Options;

namespace Eventicat.EventSink.Storage;

/// <summary>Section <c>Storage</c>.</summary>
internal sealed class StorageOptions
{
    public const string Section = "Storage";

    /// <value>The folder of the event database, created if missing. Default <c>data</c> in the working directory.</value>
    public string Path { get; set; } = "data";

    /// <value>Events that may wait for a commit; one more is answered 503. 1 to 1,000,000, default 10,000.</value>
    [Range(1, 1_000_000, ErrorMessage = "is not within 1 and 1000000")]
    public int QueueCapacity { get; set; } = 10_000;

    /// <value>Events in one commit at most. 1 to 100,000, default 1,000.</value>
    [Range(1, 100_000, ErrorMessage = "is not within 1 and 100000")]
    public int MaxBatch { get; set; } = 1_000;

    /// <value>How long to wait for another program's lock on the database. Up to 1 minute, default 5 seconds.</value>
    [Duration("00:00:00", "00:01:00")]
    public TimeSpan BusyTimeout { get; set; } = TimeSpan.FromSeconds(5);
}

/// <summary>Checks what a range cannot say.</summary>
internal sealed class StorageOptionsValidator : IValidateOptions<StorageOptions>
{
    public ValidateOptionsResult Validate(string? name, StorageOptions options) =>
        string.IsNullOrWhiteSpace(options.Path) || options.Path.Contains('\0', StringComparison.Ordinal)
            ? ValidateOptionsResult.Fail($"{StorageOptions.Section}:{nameof(StorageOptions.Path)}: '{options.Path}' is not the path of a folder.")
            : ValidateOptionsResult.Success;
}
