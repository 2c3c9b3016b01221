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

/// <summary>
/// The stored readings: table <c>readings</c>, partition = country, key = <c>yyyyMMdd|signal</c> (so that one range holds all signals of some
/// days), body = a packed <see cref="DaySeries"/>.
/// </summary>
public sealed class Readings(ITables tables)
{
    private const string Table = "readings";
    private const int Tries = 5;

    // Days unpacked before: a day is read some hundred times before it changes. A slot holds one of two neighbouring days of a signal of a country,
    // so that the memory is bounded; a row of another version is unpacked anew.
    private readonly ConcurrentDictionary<(string Country, string Signal, bool Odd), (string Key, string Version, DaySeries Day)> unpacked = new();

    /// <summary>Countries written side by side: worth it where a write waits for a network, harmful where it waits for a lock.</summary>
    public int CountriesAtOnce { get; init; } = 8;

    /// <summary>Reads a span of bins with one query.</summary>
    public async Task<ReadingGrid> Read(Country country, Bin from, Bin through, IReadOnlyList<Signal> signals, CancellationToken cancel)
    {
        var columns = signals.Select((signal, column) => (signal.Name, column)).ToDictionary(each => each.Name, each => each.column, StringComparer.Ordinal);
        var cells = new Reading[Math.Max(0, through - from + 1) * signals.Count];
        await foreach (var row in tables.Query(Table, country.Code, Day(from.Day), Day(through.Day.AddDays(1)), cancel))
        {
            if (!columns.TryGetValue(row.Key[9..], out var column))
                continue;
            var first = Bin.FirstOf(DateOnly.ParseExact(row.Key.AsSpan(0, 8), "yyyyMMdd", CultureInfo.InvariantCulture));
            var readings = Unpack(row).Readings;
            for (var i = Math.Max(0, from - first); i < Bin.PerDay && first + i <= through; i++)
                cells[((first + i - from) * signals.Count) + column] = readings[i];
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
            readings.GroupBy(each => each.Country),
            new ParallelOptions { MaxDegreeOfParallelism = CountriesAtOnce, CancellationToken = cancel },
            async (country, token) =>
            {
                var changes = await WriteCountry(country.Key, country, token);
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

    private async Task<List<SignalReading>> WriteCountry(Country country, IEnumerable<SignalReading> readings, CancellationToken cancel)
    {
        var days = readings.GroupBy(each => Key(each.Bin.Day, each.Signal)).ToDictionary(day => day.Key, day => day.ToList(), StringComparer.Ordinal);
        var stored = new Dictionary<string, Row>(StringComparer.Ordinal);
        var (first, last) = (days.Keys.Min(StringComparer.Ordinal)!, days.Keys.Max(StringComparer.Ordinal)!);
        await foreach (var row in tables.Query(Table, country.Code, first[..8], last + "~", cancel))
            stored[row.Key] = row;
        var changed = new List<SignalReading>();
        foreach (var (key, day) in days)
            changed.AddRange(await WriteDay(country, key, day, stored.GetValueOrDefault(key), cancel));
        return changed;
    }

    private async Task<List<SignalReading>> WriteDay(Country country, string key, List<SignalReading> readings, Row? stored, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            var day = stored is null ? new DaySeries() : DaySeries.Decode(stored.Body);
            var changed = new List<SignalReading>();
            foreach (var each in readings)
                if (day.Merge(each.Bin.OfDay, each.Reading))
                    changed.Add(each);
            if (changed.Count == 0)
                return changed;
            try
            {
                var row = new Row(country.Code, key, day.Encode(), stored?.Version);
                var version = await tables.Write(Table, row, stored is null ? Expect.Absent : Expect.SameVersion, cancel);
                unpacked[Slot(country.Code, key)] = (key, version, day);
                return changed;
            }
            catch (ConflictException) when (attempt < Tries)
            {
                stored = await tables.Read(Table, country.Code, key, cancel);
            }
        }
    }

    private DaySeries Unpack(Row row)
    {
        if (unpacked.TryGetValue(Slot(row.Partition, row.Key), out var known) && known.Key == row.Key && known.Version == row.Version)
            return known.Day;
        var day = DaySeries.Decode(row.Body);
        if (row.Version is not null)
            unpacked[Slot(row.Partition, row.Key)] = (row.Key, row.Version, day);
        return day;
    }

    private static (string Country, string Signal, bool Odd) Slot(string country, string key) => (country, key[9..], (key[7] & 1) == 1);

    private static string Key(DateOnly day, Signal signal) => $"{Day(day)}|{signal.Name}";

    private static string Day(DateOnly day) => day.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
}
