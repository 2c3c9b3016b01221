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
    private readonly GuardView view;
    private readonly GuardVerdict[] before;

    public LockstepGuard(Series series, Method method)
    {
        (this.series, this.method) = (series, method);
        view = new GuardView(series.Signals, series.Countries, LookBack + Bin.PerDay);
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
        view.KeepLast(LookBack);
        Parallel.For(0, series.Countries.Count, country => Note(country, from, until, expected[country]));
        Parallel.For(0, series.Signals.Count, signal =>
        {
            var samples = new List<GuardSample>(series.Countries.Count);
            for (var bin = from; bin < until; bin++)
            {
                view.Samples(signal, LookBack + bin - from, LookBack, method, samples);
                into[bin][signal] = before[signal] = Guard.Judge(before[signal], samples, method);
            }
        });
    }

    private void Note(int country, int from, int until, Expectation? expectation)
    {
        for (var signal = 0; expectation is not null && signal < series.Signals.Count; signal++)
        {
            var values = series.Of(country, signal);
            for (var bin = from; bin < until; bin++)
                if (!float.IsNaN(values[bin]) && expectation.TryAt(series.Signals[signal], series.First + bin, out var usual, out var scale))
                    view.Note(country, signal, LookBack + bin - from, values[bin] / usual, scale);
        }
    }
}
