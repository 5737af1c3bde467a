namespace Eventicat.Control.Auditing;

/// <summary>How many entries are kept; older ones go.</summary>
internal static class AuditLimits
{
    public const int All = 1_000_000;
    public const int OfOneAccount = 10_000;
}
