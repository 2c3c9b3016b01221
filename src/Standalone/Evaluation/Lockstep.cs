namespace Pharos.Standalone;

/// <summary>
/// Judges all countries of a set of series as production does. Per day: 1. the guard judges every bin, from the readings and from what was
/// expected; 2. the countries are folded, each by itself; at 18:00 each says what it expects of the next day.
/// </summary>
public sealed class Lockstep
{
    private readonly Series series;
    private readonly CountryState[] states;
    private readonly Expectation?[] expected;
    private readonly LockstepGuard guard;
    private readonly State[][] found;

    /// <summary>Countries of which nothing is known yet.</summary>
    public Lockstep(Series series, Method method)
    {
        this.series = series;
        states = [.. series.Countries.Select(country => new CountryState(country, series.Signals, method))];
        expected = new Expectation?[states.Length];
        guard = new LockstepGuard(series, method);
        found = [.. series.Countries.Select(_ => new State[series.Bins])];
        Verdicts = new GuardVerdict[series.Bins][];
        for (var bin = 0; bin < series.Bins; bin++)
        {
            Verdicts[bin] = new GuardVerdict[series.Signals.Count];
            Array.Fill(Verdicts[bin], GuardVerdict.None);
        }
    }

    /// <summary>The guard's verdicts by bin of the series, then by signal.</summary>
    public GuardVerdict[][] Verdicts { get; }

    /// <summary>Moments to remember: by country, bins of the series after which its state is kept.</summary>
    public IReadOnlyDictionary<int, IReadOnlySet<int>> Keep { get; init; } = new Dictionary<int, IReadOnlySet<int>>();

    /// <summary>What was kept, by country and bin.</summary>
    public System.Collections.Concurrent.ConcurrentDictionary<(int Country, int Bin), CountryState> Kept { get; } = [];

    /// <summary>The states after the last bin.</summary>
    public IReadOnlyList<CountryState> States => states;

    /// <summary>The state of a country in each bin.</summary>
    public ReadOnlySpan<State> StatesOf(int country) => found[country];

    /// <summary>Folds everything.</summary>
    public void Run()
    {
        for (int from = 0, until; from < series.Bins; from = until)
        {
            until = Math.Min(series.Bins, from + Bin.PerDay - (series.First + from).OfDay);
            guard.Judge(from, until, expected, Verdicts);
            var (start, end) = (from, until);
            Parallel.For(0, states.Length, country => Fold(country, start, end));
        }
    }

    /// <summary>What Pharos says of all countries.</summary>
    public IReadOnlyList<Prediction> Predictions() =>
        [.. states.SelectMany(state => state.Events().Select(found => Prediction.Of(state.Country, found, series.First + series.Bins)))];

    private void Fold(int country, int from, int until)
    {
        var (state, keep) = (states[country], Keep.GetValueOrDefault(country));
        Span<Reading> readings = new Reading[series.Signals.Count];
        for (var at = from; at < until; at++)
        {
            var bin = series.First + at;
            series.At(country, at, readings);
            Detector.Fold(state, bin, readings, Verdicts[at]);
            found[country][at] = state.State;
            if (bin.OfDay + 1 == Expectation.WrittenAtHour * Bin.PerHour)
                expected[country] = Expectation.Of(state, bin.Day.AddDays(1));
            if (keep?.Contains(at) == true)
                Kept[(country, at)] = state.Copy();
        }
    }
}
