namespace Pharos.Standalone;

/// <summary>One hard case by its name: a country, what happens to it and to the sources, and how many events a right detector tells.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Events">Events that happen.</param>
/// <param name="Stretches">The loss, in bins from the first.</param>
public sealed record WorldCase(string Name, int Events, IReadOnlyList<Stretch> Stretches)
{
    private const int Hour = Bin.PerHour, Day = Bin.PerDay;

    /// <summary>Bin in which the case begins: day 18, 10:00 UTC.</summary>
    private const int At = (18 * Day) + (10 * Hour);

    /// <summary>Class of the event; null where it does not matter.</summary>
    public EventClass? Class { get; init; }

    /// <summary>Size of the country, 0 tiny to 4 huge.</summary>
    public int Size { get; init; } = 2;

    /// <summary>Days.</summary>
    public int Days { get; init; } = 24;

    /// <summary>Countries; the guard needs twenty with a sample.</summary>
    public int Countries { get; init; } = 1;

    /// <summary>What becomes of the readings; null for nothing.</summary>
    public Action<Series>? Change { get; init; }

    /// <summary>All cases.</summary>
    public static IReadOnlyList<WorldCase> All { get; } =
    [
        new("calm", 0, []),
        new("outage", 1, [new(At, At + (6 * Hour), 1)]) { Class = EventClass.Sudden },
        new("hole", 0, []) { Change = series => Silence(series, At, 12 * Hour) },
        new("hole across the onset", 1, [new(At, At + (10 * Hour), 1)]) { Change = series => Silence(series, At - Hour, 3 * Hour) },
        new("shift of the routes by a tenth", 0, []) { Change = series => Times(series, 0, At, series.Bins, _ => 0.9) },
        new("steady blips", 1, Repeated(10, 2 * Hour, _ => 3)) { Class = EventClass.Unstable },
        new("rising blips", 1, [.. Repeated(12, 2 * Hour, index => 2 + index), new(At + (24 * Hour), At + (34 * Hour), 1)]) { Class = EventClass.Worsening },
        new("ramp", 1, [new(At, At + (20 * Hour), 0.8, 0.5, RampIn: 8 * Hour, RampOut: 4 * Hour)]) { Class = EventClass.Gradual },
        new("nightly curfew, routes kept", 5, Repeated(5, Day, _ => 8 * Hour, 0.03)) { Class = EventClass.Sudden },
        new("exam window", 5, Repeated(5, Day, _ => 3 * Hour)) { Class = EventClass.Sudden },
        new("flapping", 1, Repeated(24, 8, _ => 3)) { Class = EventClass.Unstable },
        new("one source silent for two days", 0, []) { Change = series => Times(series, 1, At, At + (2 * Day), _ => double.NaN) },
        new("one source zero everywhere", 0, []) { Countries = 28, Change = series => Times(series, 0, At, At + 9, _ => 0) },
        new("collector reset", 0, []) { Countries = 28, Change = series => Times(series, 0, At, At + 4, _ => 0.7) },
        new("tiny, gone", 1, [new(At, At + (5 * Hour), 1)]) { Size = 0 },
        new("tiny, one of four prefixes for five minutes", 0, [new(At, At + 1, 0.25)]) { Size = 0 },
        new("huge, gone", 1, [new(At, At + (5 * Hour), 1)]) { Size = 4 },
        new("clocks move by an hour", 0, []) { Change = series => Later(series, 12 * Day, Hour) },
        new("growth by a third of a per cent a day", 0, []) { Change = series => Grow(series, 0.0033) },
        new("three weeks missing", 0, []) { Days = 50, Change = series => Silence(series, At, 21 * Day) },
        new("outage after three weeks missing", 1, [new(At + (25 * Day), At + (25 * Day) + (5 * Hour), 1)]) { Days = 50, Change = series => Silence(series, At, 21 * Day) },
    ];

    /// <summary>Makes the case from a seed.</summary>
    public World Make(ulong seed)
    {
        var country = Size switch
        {
            0 => new WorldCountry(Outages.Countries.All[0], 0, 2, 4, 0, 0, 0, HasSearch: false, HasTraffic: false),
            4 => new WorldCountry(Outages.Countries.All[0], 4, 2, 40_000, 30_000, 900, 50_000, HasSearch: true, HasTraffic: true),
            _ => new WorldCountry(Outages.Countries.All[0], 2, 2, 800, 500, 15, 800, HasSearch: true, HasTraffic: true),
        };
        var world = WorldMaker.Make(new WorldPlan(seed, Countries, Days) { EventsPer90Days = 0, Faults = false }, country, Stretches);
        Change?.Invoke(world.Series);
        return world;
    }

    private static Stretch[] Repeated(int count, int every, Func<int, int> bins, double ofRoutes = 1) =>
        [.. Enumerable.Range(0, count).Select(index => new Stretch(At + (index * every), At + (index * every) + bins(index), 0.95, ofRoutes))];

    private static void Silence(Series series, int from, int bins)
    {
        for (var signal = 0; signal < series.Signals.Count; signal++)
            Times(series, signal, from, from + bins, _ => double.NaN);
    }

    private static void Times(Series series, int signal, int from, int until, Func<int, double> factor)
    {
        for (var country = 0; country < series.Countries.Count; country++)
            for (var bin = from; bin < Math.Min(until, series.Bins); bin++)
                series.Of(country, signal)[bin] *= (float)factor(bin);
    }

    private static void Later(Series series, int from, int bins)
    {
        for (var signal = 3; signal < series.Signals.Count; signal++)
            Array.Copy(series.Of(0, signal), from, series.Of(0, signal), from + bins, series.Bins - from - bins);
    }

    private static void Grow(Series series, double perDay)
    {
        for (var signal = 0; signal < series.Signals.Count; signal++)
            Times(series, signal, 0, series.Bins, bin => 1 + (perDay * bin / Day));
    }
}
