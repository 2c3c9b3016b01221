namespace Pharos.Pipeline;

/// <summary>All countries' readings over a run of bins, as ratios to what each country expected of the day.</summary>
internal sealed class WorldReadings
{
    private readonly IReadOnlyList<Signal> signals;
    private readonly IReadOnlyList<Country> countries;
    private readonly Bin start;
    private readonly Bin through;

    /// <summary>Ratio and scale by country, bin and signal; NaN where nothing came or nothing was expected.</summary>
    private readonly (float Ratio, float Scale)[] cells;

    public WorldReadings(IReadOnlyList<Signal> signals, IReadOnlyList<Country> countries, Bin start, Bin through)
    {
        (this.signals, this.countries, this.start, this.through) = (signals, countries, start, through);
        cells = new (float, float)[countries.Count * Bins * signals.Count];
        Array.Fill(cells, (float.NaN, float.NaN));
    }

    private int Bins => through - start + 1;

    public async Task Load(ITables tables, Readings readings, CancellationToken cancel)
    {
        var expected = new Dictionary<(Country, DateOnly), Expectation>();
        for (var day = start.Day; day <= through.Day; day = day.AddDays(1))
            await foreach (var row in tables.Query(ScoreTables.Expected, ScoreTables.DayKey(day), from: null, until: null, cancel))
            {
                var expectation = Expectation.Read(row.Body);
                expected[(expectation.Country, day)] = expectation;
            }
        for (var c = 0; c < countries.Count; c++)
        {
            if (!expected.Keys.Any(key => key.Item1 == countries[c]))
                continue;
            var grid = await readings.Read(countries[c], start, through, signals, cancel);
            for (var bin = start; bin <= through; bin += 1)
                if (expected.TryGetValue((countries[c], bin.Day), out var expectation))
                    Fill(c, bin, grid[bin], expectation);
        }
    }

    /// <summary>The samples of one signal in one bin, each with the largest drop another source shows in the same country.</summary>
    public void Samples(int signal, Bin bin, List<GuardSample> into, int lookBack, Method method)
    {
        into.Clear();
        for (var c = 0; c < countries.Count; c++)
        {
            var (ratio, scale) = cells[Cell(c, bin, signal)];
            if (!float.IsNaN(ratio))
                into.Add(new GuardSample(countries[c], ratio, scale, OtherLoss(c, signal, bin, lookBack, method)));
        }
    }

    private void Fill(int country, Bin bin, ReadOnlySpan<Reading> row, Expectation expectation)
    {
        for (var i = 0; i < signals.Count; i++)
            if (row[i].TryValue(out var value) && expectation.TryAt(signals[i], bin, out var expected, out var scale))
                cells[Cell(country, bin, i)] = ((float)(value / expected), (float)scale);
    }

    private double OtherLoss(int country, int signal, Bin bin, int lookBack, Method method)
    {
        var most = 0.0;
        for (var i = 0; i < signals.Count; i++)
        {
            if (signals[i].Source == signals[signal].Source)
                continue;
            for (var at = bin; at >= start && bin - at <= Math.Min(lookBack, 2 * signals[i].Period); at -= 1)
            {
                var (ratio, scale) = cells[Cell(country, at, i)];
                if (float.IsNaN(ratio))
                    continue;
                if (1 - ratio > Math.Max(method.GuardConfirmingLoss, 5 * scale))
                    most = Math.Max(most, 1 - ratio);
                break;
            }
        }
        return most;
    }

    private int Cell(int country, Bin bin, int signal) => (((country * Bins) + (bin - start)) * signals.Count) + signal;
}
