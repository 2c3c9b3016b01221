namespace Pharos.Outages;

/// <summary>
/// The worsening test, inside one episode only: a window that reaches into the calm before makes any instability look worse.
/// </summary>
internal static class Trend
{
    /// <summary>Groups of 15-minute losses that the profile is thinned to.</summary>
    private const int Groups = 24;

    /// <summary>Fewest dips whose growth can be told.</summary>
    private const int FewestDips = 5;

    /// <summary>Laplace's U for points in a window: above 0 when they crowd towards its end. Null below three points.</summary>
    public static double? Laplace(ReadOnlySpan<int> points, int from, int until)
    {
        var span = (double)(until - from);
        if (points.Length < 3 || span <= 0)
            return null;
        var sum = 0.0;
        foreach (var point in points)
            sum += point - from;
        return ((sum / points.Length) - (span / 2)) / (span * Math.Sqrt(1 / (12.0 * points.Length)));
    }

    /// <summary>z of a linear trend of the logarithms of positive values in order: above 0 when they grow. Null below four values.</summary>
    public static double? Lengthening(ReadOnlySpan<double> values)
    {
        if (values.Length < 4)
            return null;
        double mean = 0, squares = 0, along = 0, middle = (values.Length - 1) / 2.0, spans = 0;
        foreach (var value in values)
            mean += Math.Log(value) / values.Length;
        for (var i = 0; i < values.Length; i++)
        {
            var rest = Math.Log(values[i]) - mean;
            squares += rest * rest;
            along += rest * (i - middle);
            spans += (i - middle) * (i - middle);
        }
        return squares > 1e-9 ? along / Math.Sqrt(squares / values.Length * spans) : 0;
    }

    /// <summary>
    /// z of the centre of the time lost between the first dip and the last, these two apart: above 0 when most was lost late. Null below two.
    /// </summary>
    public static double? Centre(ReadOnlySpan<int> onsets, ReadOnlySpan<double> lengths)
    {
        var span = (double)(onsets[^1] - onsets[0]);
        if (onsets.Length < 4 || span <= 0)
            return null;
        double lost = 0, squares = 0, moment = 0;
        for (var i = 1; i < onsets.Length - 1; i++)
        {
            lost += lengths[i];
            squares += lengths[i] * lengths[i];
            moment += lengths[i] * (onsets[i] - onsets[0]);
        }
        return ((moment / lost / span) - 0.5) * Math.Sqrt(12) * lost / Math.Sqrt(squares);
    }

    /// <summary>
    /// How clearly dips grow: lengthening, half of the centre of the time lost, three tenths of the crowding of onsets, and the logarithm of
    /// how much longer the last three are than those before. Null below five dips.
    /// </summary>
    public static (double Sum, double Lengthening, double Centre, double Crowding)? Growth(ReadOnlySpan<int> onsets, ReadOnlySpan<double> lengths)
    {
        if (onsets.Length < FewestDips || Lengthening(lengths) is not { } longer || Centre(onsets, lengths) is not { } centre
            || Laplace(onsets[1..^1], onsets[0], onsets[^1]) is not { } crowding)
            return null;
        var recent = Math.Log(Mean(lengths[^3..]) / Mean(lengths[..^3]));
        return (longer + (0.5 * centre) + (0.3 * crowding) + recent, longer, centre, crowding);
    }

    /// <summary>
    /// Mann-Kendall z of a profile with its variance inflated for lag-1 correlation of the detrended ranks; NaN values are skipped.
    /// 0 below eight values.
    /// </summary>
    public static double MannKendall(ReadOnlySpan<double> profile)
    {
        Span<double> values = stackalloc double[profile.Length];
        Span<double> times = stackalloc double[profile.Length];
        var count = 0;
        for (var i = 0; i < profile.Length; i++)
            if (!double.IsNaN(profile[i]))
                (values[count], times[count++]) = (profile[i], i);
        if (count < 8)
            return 0;
        values = values[..count];
        var (sum, variance) = Rise(values);
        if (variance <= 0)
            return 0;
        var correlation = Math.Clamp(RankCorrelation(values, times[..count]), 0, 0.8);
        variance *= (1 + correlation) / (1 - correlation);
        return (sum - Math.Sign(sum)) / Math.Sqrt(variance);
    }

    /// <summary>
    /// The test at one moment. In: mean losses of 15-minute steps since the episode's start, the dips' onsets and lengths in bins.
    /// Out: the growth of the dips (null below five), whether the profile deepens, the z values and the speed in points per hour.
    /// </summary>
    public static (double? Growth, bool Deepens, Worsening Found) Test(ReadOnlySpan<float> quarters, ReadOnlySpan<int> onsets, ReadOnlySpan<double> lengths, Method method)
    {
        double area = 0, speed = 0, first = 0, last = 0;
        if (quarters.Length >= 9)
        {
            var width = Math.Max(1, (quarters.Length + Groups - 1) / Groups);
            var count = quarters.Length / width;
            Span<double> profile = stackalloc double[count];
            Thin(quarters[^(count * width)..], width, profile);
            area = MannKendall(profile);
            var third = count / 3;
            first = Mean(profile[..third]);
            last = Mean(profile[^third..]);
            speed = (last - first) / ((count - third) * width * 0.25) * 100;
        }
        if (Growth(onsets, lengths) is var (sum, longer, centre, crowding))
            return (sum, false, new Worsening(false, Round(centre), Round(crowding), Round(longer), Round(speed)));
        var deepens = area >= method.AreaZ && last >= 1.5 * first && last - first >= 0.02;
        return (null, deepens, new Worsening(false, Round(area), null, null, Round(speed)));
    }

    private static void Thin(ReadOnlySpan<float> quarters, int width, Span<double> profile)
    {
        for (var group = 0; group < profile.Length; group++)
        {
            double sum = 0;
            var known = 0;
            foreach (var value in quarters.Slice(group * width, width))
                if (!float.IsNaN(value))
                    (sum, known) = (sum + value, known + 1);
            profile[group] = known > 0 ? Math.Round(sum / known, 3) : double.NaN;
        }
    }

    private static double Mean(ReadOnlySpan<double> values)
    {
        double sum = 0;
        var known = 0;
        foreach (var value in values)
            if (!double.IsNaN(value))
                (sum, known) = (sum + value, known + 1);
        return known > 0 ? sum / known : 0;
    }

    /// <summary>Kendall's S and its variance with ties.</summary>
    private static (double Sum, double Variance) Rise(ReadOnlySpan<double> values)
    {
        var sum = 0;
        for (var i = 0; i < values.Length; i++)
            for (var j = i + 1; j < values.Length; j++)
                sum += Math.Sign(values[j] - values[i]);
        double count = values.Length;
        var variance = count * (count - 1) * ((2 * count) + 5);
        Span<double> sorted = stackalloc double[values.Length];
        values.CopyTo(sorted);
        sorted.Sort();
        for (int i = 0, same; i < sorted.Length; i += same)
        {
            for (same = 1; i + same < sorted.Length && sorted[i + same] == sorted[i];)
                same++;
            variance -= (double)same * (same - 1) * ((2 * same) + 5);
        }
        return (sum, variance / 18);
    }

    /// <summary>Lag-1 correlation of the ranks of what is left after Theil and Sen's line is taken off.</summary>
    private static double RankCorrelation(ReadOnlySpan<double> values, ReadOnlySpan<double> times)
    {
        var count = values.Length;
        Span<double> slopes = stackalloc double[count * (count - 1) / 2];
        var found = 0;
        for (var i = 0; i < count; i++)
            for (var j = i + 1; j < count; j++)
                slopes[found++] = (values[j] - values[i]) / (times[j] - times[i]);
        slopes.Sort();
        var slope = (slopes[(found - 1) / 2] + slopes[found / 2]) / 2;
        Span<double> rests = stackalloc double[count];
        Span<double> ranks = stackalloc double[count];
        for (var i = 0; i < count; i++)
            rests[i] = values[i] - (slope * times[i]);
        for (var i = 0; i < count; i++)
            for (var j = 0; j < count; j++)
                if (rests[j] < rests[i] || (rests[j] == rests[i] && j < i))
                    ranks[i]++;
        double lagged = 0, squares = 0, middle = (count - 1) / 2.0;
        for (var i = 0; i < count; i++)
        {
            squares += (ranks[i] - middle) * (ranks[i] - middle);
            if (i > 0)
                lagged += (ranks[i] - middle) * (ranks[i - 1] - middle);
        }
        return lagged / Math.Max(1e-9, squares);
    }

    private static double Round(double value) => SignalState.Round(value);
}
