using System.ComponentModel.DataAnnotations;

namespace Eventicat.Gateway.Authentication;

/// <summary>Section <c>Authentication</c>.</summary>
internal sealed class FailedAuthenticationOptions
{
    public const string Section = "Authentication";

    /// <value>
    /// Failed authentications of one client address within a minute, 1 to 1000000, after which keys that are not known
    /// as good share a few look-ups. Default 600.
    /// </value>
    [Range(1, 1_000_000, ErrorMessage = "is not within 1 and 1000000")]
    public int FailuresPerMinute { get; set; } = 600;
}
