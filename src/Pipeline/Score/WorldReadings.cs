namespace Pharos.Pipeline;

/// <summary>All countries' readings over a run of bins, as ratios to what each country expected of the day.</summary>
internal sealed class WorldReadings
{
    private readonly IReadOnlyList<Signal> signals;
    private readonly IReadOnlyList<Country> countries;
    private readonly Bin start;
    private readonly Bin through;

    private readonly GuardView view;

    public WorldReadings(IReadOnlyList<Signal> signals, IReadOnlyList<Country> countries, Bin start, Bin through)
    {
        (this.signals, this.countries, this.start, this.through) = (signals, countries, start, through);
        view = new GuardView(signals, countries, Bins);
    }

    private int Bins => through - start + 1;

    public async Task Load(ITables tables, RowCache<Expectation> expectations, Readings readings, CancellationToken cancel)
    {
        var expected = new Dictionary<(Country, DateOnly), Expectation>();
        var known = new HashSet<Country>();
        for (var day = start.Day; day <= through.Day; day = day.AddDays(1))
            await foreach (var row in tables.Query(ScoreTables.Expected, ScoreTables.DayKey(day), from: null, until: null, cancel))
            {
                var expectation = expectations.Of(row);
                expected[(expectation.Country, day)] = expectation;
                known.Add(expectation.Country);
            }
        for (var c = 0; c < countries.Count; c++)
        {
            if (!known.Contains(countries[c]))
                continue;
            var grid = await readings.Read(countries[c], start, through, signals, cancel);
            for (var bin = start; bin <= through; bin += 1)
                if (expected.TryGetValue((countries[c], bin.Day), out var expectation))
                    Fill(c, bin, grid[bin], expectation);
        }
    }

    /// <summary>The samples of one signal in one bin, each with the largest drop that another source confirms in the same country.</summary>
    public void Samples(int signal, Bin bin, List<GuardSample> into, int lookBack, Method method) => view.Samples(signal, bin - start, lookBack, method, into);

    private void Fill(int country, Bin bin, ReadOnlySpan<Reading> row, Expectation expectation)
    {
        for (var i = 0; i < signals.Count; i++)
            if (row[i].TryValue(out var value) && expectation.TryAt(signals[i], bin, out var expected, out var scale))
                view.Note(country, i, bin - start, value / expected, scale);
    }
}
