namespace Pharos.Outages;

/// <summary>The quantities that threshold rules compare with a number: ratios to a median, distances from a mean.</summary>
public static class RuleMeasures
{
    private const int WeekBins = 7 * Bin.PerDay, FewestValues = 12;

    /// <summary>
    /// Ratio to the median of a trailing window, as in IODA's alerts: a value below 80 % or above 200 % of the prediction is kept out of
    /// the window (the prediction stands in for it) for at most seven days. NaN where there is no value or no prediction.
    /// </summary>
    /// <param name="series">Values by bin, NaN where there is none.</param>
    /// <param name="window">Length of the window, bins.</param>
    /// <param name="period">Bins between two values.</param>
    /// <param name="least">Prediction at or below which nothing is said.</param>
    public static float[] Painted(ReadOnlySpan<float> series, int window, int period, double least)
    {
        var ratios = new float[series.Length];
        Array.Fill(ratios, float.NaN);
        var median = new SlidingMedian(window);
        var painted = 0;
        for (var bin = 0; bin < series.Length; bin++)
        {
            var prediction = median.Count >= FewestValues ? median.Median : double.NaN;
            var keep = series[bin];
            if (!float.IsNaN(keep) && prediction > least)
            {
                ratios[bin] = (float)(keep / prediction);
                var outside = ratios[bin] is < 0.8f or > 2;
                if (outside && painted < WeekBins / period)
                    (keep, painted) = ((float)prediction, painted + 1);
                else if (!outside)
                    painted = 0;
            }
            median.Add(keep);
        }
        return ratios;
    }

    /// <summary>Ratio to the plain median of the last seven days.</summary>
    public static float[] SevenDayRatio(ReadOnlySpan<float> series)
    {
        var ratios = new float[series.Length];
        var median = new SlidingMedian(WeekBins);
        for (var bin = 0; bin < series.Length; bin++)
        {
            ratios[bin] = median.Count >= FewestValues && median.Median > 0 ? (float)(series[bin] / median.Median) : float.NaN;
            median.Add(series[bin]);
        }
        return ratios;
    }

    /// <summary>Distance from the mean of the last seven days, in standard deviations.</summary>
    public static float[] SevenDayDistance(ReadOnlySpan<float> series)
    {
        var distances = new float[series.Length];
        double sum = 0, squares = 0;
        var count = 0;
        for (var bin = 0; bin < series.Length; bin++)
        {
            var mean = sum / count;
            var variance = (squares / count) - (mean * mean);
            distances[bin] = count >= FewestValues && variance > 1e-9 * mean * mean ? (float)((series[bin] - mean) / Math.Sqrt(variance)) : float.NaN;
            Count(series[bin], 1);
            if (bin >= WeekBins)
                Count(series[bin - WeekBins], -1);
        }
        return distances;

        void Count(float value, int sign)
        {
            if (float.IsNaN(value))
                return;
            sum += sign * (double)value;
            squares += sign * (double)value * value;
            count += sign;
        }
    }
}
