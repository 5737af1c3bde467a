using Eventicat.Gateway.Usage.Counting;

namespace Eventicat.Gateway.Tests.Usage.Counting;

internal static class UsageCountsExtensions
{
    public static int[] ToArray(this UsageCounts counts) => ((ReadOnlySpan<int>)counts).ToArray();
}
