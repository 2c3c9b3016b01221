namespace Pharos.Standalone;

/// <summary>
/// The guard over all countries of a set of series, a day at a time, as in production: against what each country expected of the day six hours
/// before it began. Below the guard's number of countries it has no opinion.
/// </summary>
internal sealed class LockstepGuard
{
    /// <summary>How far back the latest reading of another source may lie, bins (1 h).</summary>
    private const int LookBack = 12;

    private readonly Series series;
    private readonly Method method;
    private readonly float[][] ratios;
    private readonly float[] scales;
    private readonly GuardVerdict[] before;

    public LockstepGuard(Series series, Method method)
    {
        (this.series, this.method) = (series, method);
        ratios = [.. Enumerable.Range(0, series.Countries.Count * series.Signals.Count).Select(_ => new float[LookBack + Bin.PerDay])];
        foreach (var row in ratios)
            Array.Fill(row, float.NaN);
        scales = new float[ratios.Length];
        before = [.. series.Signals.Select(_ => GuardVerdict.None)];
    }

    /// <summary>Judges the bins of a day; writes the verdicts by bin, then by signal.</summary>
    /// <param name="from">First bin of the day, counted from the first of the series.</param>
    /// <param name="until">First bin after it.</param>
    /// <param name="expected">What each country expected of the day; null where it could not say.</param>
    /// <param name="into">Verdicts by bin of the series, then by signal.</param>
    public void Judge(int from, int until, IReadOnlyList<Expectation?> expected, GuardVerdict[][] into)
    {
        if (series.Countries.Count < method.GuardCountries)
            return;
        Parallel.For(0, series.Countries.Count, country => Compare(country, from, until, expected[country]));
        Parallel.For(0, series.Signals.Count, signal =>
        {
            var samples = new List<GuardSample>(series.Countries.Count);
            for (var bin = from; bin < until; bin++)
            {
                Sample(signal, LookBack + bin - from, samples);
                into[bin][signal] = before[signal] = Guard.Judge(before[signal], samples, method);
            }
        });
    }

    private void Compare(int country, int from, int until, Expectation? expectation)
    {
        for (var signal = 0; signal < series.Signals.Count; signal++)
        {
            var cell = (country * series.Signals.Count) + signal;
            var row = ratios[cell];
            Array.Copy(row, Bin.PerDay, row, 0, LookBack);
            Array.Fill(row, float.NaN, LookBack, Bin.PerDay);
            var values = series.Of(country, signal);
            for (var bin = from; expectation is not null && bin < until; bin++)
                if (!float.IsNaN(values[bin]) && expectation.TryAt(series.Signals[signal], series.First + bin, out var usual, out var scale))
                    (row[LookBack + bin - from], scales[cell]) = ((float)(values[bin] / usual), (float)scale);
        }
    }

    private void Sample(int signal, int at, List<GuardSample> into)
    {
        into.Clear();
        for (var country = 0; country < series.Countries.Count; country++)
        {
            var cell = (country * series.Signals.Count) + signal;
            if (!float.IsNaN(ratios[cell][at]))
                into.Add(new GuardSample(series.Countries[country], ratios[cell][at], scales[cell], OtherLoss(country, signal, at)));
        }
    }

    private double OtherLoss(int country, int signal, int at)
    {
        var most = 0.0;
        for (var other = 0; other < series.Signals.Count; other++)
        {
            if (series.Signals[other].Source == series.Signals[signal].Source)
                continue;
            var cell = (country * series.Signals.Count) + other;
            var last = Math.Max(0, at - Math.Min(LookBack, 2 * series.Signals[other].Period));
            for (var bin = at; bin >= last; bin--)
            {
                var ratio = ratios[cell][bin];
                if (float.IsNaN(ratio))
                    continue;
                if (1 - ratio > Math.Max(method.GuardConfirmingLoss, 5 * scales[cell]))
                    most = Math.Max(most, 1 - ratio);
                break;
            }
        }
        return most;
    }
}
