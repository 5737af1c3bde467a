using System.ComponentModel.DataAnnotations;

namespace Eventicat.Gateway.Usage;

/// <summary>Section <c>Usage</c>.</summary>
internal sealed class UsageOptions
{
    public const string Section = "Usage";

    /// <value>
    /// The most accounts counted between two flushes (an account counts once for each key it uses), waiting to be
    /// stored, and remembered without Redis: 1 to 10,000,000, default 100,000. A remembered account takes up to 12 kB.
    /// </value>
    [Range(1, 10_000_000, ErrorMessage = "is not within 1 and 10000000")]
    public int MaxAccounts { get; set; } = 100_000;
}
