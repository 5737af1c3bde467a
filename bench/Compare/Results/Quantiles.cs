namespace Eventicat.Bench.Compare.Results;

internal static class Quantiles
{
    /// <param name="sorted">At least one value, in rising order.</param>
    /// <param name="share">0 to 1; what lies between two values is interpolated.</param>
    public static double Of(double[] sorted, double share)
    {
        var place = share * (sorted.Length - 1);
        var below = (int)place;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }

    public static double Median(this IEnumerable<double> values) => Of([.. values.Order()], 0.5);
}
