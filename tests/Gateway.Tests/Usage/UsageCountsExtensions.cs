using Eventicat.Gateway.Usage;

namespace Eventicat.Gateway.Tests.Usage;

internal static class UsageCountsExtensions
{
    public static int[] ToArray(this UsageCounts counts) => ((ReadOnlySpan<int>)counts).ToArray();
}
