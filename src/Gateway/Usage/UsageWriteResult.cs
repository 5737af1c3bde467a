using System.Runtime.InteropServices;

namespace Eventicat.Gateway.Usage;

/// <summary>What became of counts that were to be stored.</summary>
/// <param name="Rest">Not stored for certain, and may be given again.</param>
/// <param name="Lost">Accounts whose counts may or may not be stored; giving them again could count twice.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct UsageWriteResult(IReadOnlyCollection<AccountUsage> Rest, int Lost)
{
    public static UsageWriteResult Stored { get; } = new([], 0);
}
