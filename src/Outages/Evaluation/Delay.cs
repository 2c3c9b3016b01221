namespace Pharos.Outages;

/// <summary>How long it took, in minutes: median and high percentiles, linearly interpolated; NaN of nothing.</summary>
/// <param name="Median">Half took no longer.</param>
/// <param name="P90">Nine of ten took no longer.</param>
/// <param name="P95">Nineteen of twenty took no longer.</param>
public sealed record Delay(double Median, double P90, double P95)
{
    /// <summary>The delay of a set of events.</summary>
    public static Delay Of(IEnumerable<double> minutes)
    {
        var sorted = minutes.Order().ToList();
        return new(Percentile(sorted, .5), Percentile(sorted, .9), Percentile(sorted, .95));
    }

    private static double Percentile(List<double> sorted, double share)
    {
        if (sorted.Count == 0)
            return double.NaN;
        var position = share * (sorted.Count - 1);
        var below = (int)position;
        var above = Math.Min(below + 1, sorted.Count - 1);
        return sorted[below] + ((position - below) * (sorted[above] - sorted[below]));
    }
}
