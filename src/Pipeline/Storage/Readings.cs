using System.Collections.Concurrent;
using System.Globalization;

namespace Pharos.Pipeline;

/// <summary>Readings of a country, bin by bin, in the order of the signals asked for.</summary>
/// <param name="From">First bin.</param>
/// <param name="Signals">The columns.</param>
/// <param name="Cells">Bin after bin, one reading per signal each.</param>
public sealed record ReadingGrid(Bin From, IReadOnlyList<Signal> Signals, Reading[] Cells)
{
    /// <summary>Number of bins.</summary>
    public int Bins => Cells.Length / Math.Max(1, Signals.Count);

    /// <summary>The readings of one bin, in the order of the signals.</summary>
    public ReadOnlySpan<Reading> this[Bin bin] => Cells.AsSpan((bin - From) * Signals.Count, Signals.Count);
}

/// <summary>What a write changed.</summary>
/// <param name="Earliest">For each country with a change, the earliest bin whose stored reading really changed.</param>
/// <param name="Newest">Newest bin with a value among what was written; null if there was none.</param>
/// <param name="Changed">Readings that changed.</param>
/// <param name="Late">Of these, readings that came late.</param>
public sealed record Written(IReadOnlyDictionary<Country, Bin> Earliest, Bin? Newest, int Changed, int Late);

/// <summary>The stored readings: table <c>readings</c>, partition = country, key = <c>yyyyMMdd</c>, body = a packed <see cref="CountryDay"/>.</summary>
public sealed class Readings(ITables tables)
{
    private const string Table = "readings";

    /// <summary>Each conflict means that another writer got through: tries enough for as many writers at once.</summary>
    private const int Tries = 50;

    /// <summary>A country has two slots, for a day and the next.</summary>
    private readonly RowCache<CountryDay> unpacked = new(2 * 26 * 26, CountryDay.Decode, (country, day) => (2 * ((26 * country[0]) + country[1])) + (Date(day).DayNumber & 1));

    /// <summary>Countries written side by side: worth it where a write waits for a network, harmful where it waits for a lock.</summary>
    public int CountriesAtOnce { get; init; } = 8;

    /// <summary>Reads a span of bins with one query.</summary>
    public async Task<ReadingGrid> Read(Country country, Bin from, Bin through, IReadOnlyList<Signal> signals, CancellationToken cancel)
    {
        var cells = new Reading[Math.Max(0, through - from + 1) * signals.Count];
        await foreach (var row in tables.Query(Table, country.Code, Day(from.Day), Day(through.Day.AddDays(1)), cancel))
        {
            var first = Bin.FirstOf(Date(row.Key));
            var day = unpacked.Of(row);
            for (var column = 0; column < signals.Count; column++)
                if (day[signals[column].Name] is { } series)
                    for (var i = Math.Max(0, from - first); i < Bin.PerDay && first + i <= through; i++)
                        cells[((first + i - from) * signals.Count) + column] = series[i];
        }
        return new ReadingGrid(from, signals, cells);
    }

    /// <summary>Merges readings into the stored days; days that do not change are not written.</summary>
    /// <param name="readings">What was collected, in any order.</param>
    /// <param name="isLate">Which changes count as late; null for none.</param>
    /// <param name="cancel">Stops it between rows.</param>
    public async Task<Written> Write(IReadOnlyCollection<SignalReading> readings, Func<SignalReading, bool>? isLate, CancellationToken cancel)
    {
        var earliest = new ConcurrentDictionary<Country, Bin>();
        var (changed, late) = (0, 0);
        await Parallel.ForEachAsync(
            Days(readings),
            new ParallelOptions { MaxDegreeOfParallelism = CountriesAtOnce, CancellationToken = cancel },
            async (country, token) =>
            {
                var changes = await WriteCountry(country.Key, country.Value, token);
                if (changes.Count == 0)
                    return;
                earliest[country.Key] = changes.Min(each => each.Bin);
                Interlocked.Add(ref changed, changes.Count);
                if (isLate is not null)
                    Interlocked.Add(ref late, changes.Count(isLate));
            });
        Bin? newest = null;
        foreach (var each in readings)
            if (each.Reading.TryValue(out _) && !(newest >= each.Bin))
                newest = each.Bin;
        return new Written(earliest, newest, changed, late);
    }

    /// <summary>By country and day. Sources tell a signal's bins in one go: the list at hand mostly is the right one.</summary>
    private static Dictionary<Country, SortedList<DateOnly, List<SignalReading>>> Days(IReadOnlyCollection<SignalReading> readings)
    {
        var countries = new Dictionary<Country, SortedList<DateOnly, List<SignalReading>>>();
        var (country, first, run) = (default(Country), default(Bin), default(List<SignalReading>));
        foreach (var each in readings)
        {
            if (run is null || each.Country != country || (uint)(each.Bin - first) >= Bin.PerDay)
            {
                (country, first) = (each.Country, Bin.FirstOf(each.Bin.Day));
                if (!countries.TryGetValue(country, out var days))
                    countries.Add(country, days = []);
                if (!days.TryGetValue(each.Bin.Day, out run))
                    days.Add(each.Bin.Day, run = []);
            }
            run.Add(each);
        }
        return countries;
    }

    private async Task<List<SignalReading>> WriteCountry(Country country, SortedList<DateOnly, List<SignalReading>> days, CancellationToken cancel)
    {
        var stored = new Dictionary<string, Row>(StringComparer.Ordinal);
        await foreach (var row in tables.Query(Table, country.Code, Day(days.Keys[0]), Day(days.Keys[^1].AddDays(1)), cancel))
            stored[row.Key] = row;
        var changed = new List<SignalReading>();
        foreach (var (day, readings) in days)
            await WriteDay(country, Day(day), readings, stored.GetValueOrDefault(Day(day)), changed, cancel);
        return changed;
    }

    private async Task WriteDay(Country country, string key, List<SignalReading> readings, Row? stored, List<SignalReading> changed, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            var (day, news) = Merge(stored is null ? CountryDay.Empty : unpacked.Of(stored), readings);
            if (news.Count == 0)
                return;
            try
            {
                var row = new Row(country.Code, key, day.Encode(), stored?.Version);
                var version = await tables.Write(Table, row, stored is null ? Expect.Absent : Expect.SameVersion, cancel);
                unpacked.Keep(country.Code, key, version, day);
                changed.AddRange(news);
                return;
            }
            catch (ConflictException) when (attempt < Tries)
            {
                stored = await tables.Read(Table, country.Code, key, cancel);
            }
        }
    }

    private static (CountryDay Day, List<SignalReading> News) Merge(CountryDay day, List<SignalReading> readings)
    {
        var news = new List<SignalReading>();
        var changed = new Dictionary<Signal, DaySeries>(ReferenceEqualityComparer.Instance);
        foreach (var each in readings)
        {
            var copied = changed.TryGetValue(each.Signal, out var series);
            series ??= day[each.Signal.Name] ?? new DaySeries();
            if (!series.Differs(each.Bin.OfDay, each.Reading))
                continue;
            if (!copied)
                changed.Add(each.Signal, series = series.Copy());
            series.Merge(each.Bin.OfDay, each.Reading);
            news.Add(each);
        }
        foreach (var (signal, series) in changed)
            day = day.With(signal.Name, series);
        return (day, news);
    }

    private static string Day(DateOnly day) => day.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    private static DateOnly Date(string key) => DateOnly.ParseExact(key, "yyyyMMdd", CultureInfo.InvariantCulture);
}
