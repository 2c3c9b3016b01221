using System.Globalization;

namespace Pharos.Pipeline;

/// <summary>
/// How much of each hour of a country was judged: table <c>observed</c>, partition = country, key = day, body = 24 counts of judged bins. So that a report
/// knows the observed hours of a year from one short query.
/// </summary>
public sealed class Observed(ITables tables)
{
    private const string Table = "observed";
    private const int Hours = 24;

    /// <summary>Keeps the counts of whole hours, by hour since 1970.</summary>
    public async Task Write(Country country, IReadOnlyDictionary<int, int> judged, CancellationToken cancel)
    {
        foreach (var day in judged.GroupBy(hour => hour.Key / Hours))
        {
            var key = Key(day.Key);
            var stored = day.Count() < Hours ? await tables.Read(Table, country.Code, key, cancel) : null;
            var body = stored?.Body.ToArray() ?? new byte[Hours];
            foreach (var (hour, bins) in day)
                body[hour % Hours] = (byte)bins;
            if (stored is null || !stored.Body.Span.SequenceEqual(body))
                await tables.Write(Table, new Row(country.Code, key, body), Expect.Anything, cancel);
        }
    }

    /// <summary>Observed time up to a bin, by whole days before it.</summary>
    public async Task<ObservedTime> Read(Country country, Bin now, Bin since, CancellationToken cancel)
    {
        var today = now.Number / Bin.PerDay;
        var days = (now - since) / Bin.PerDay;
        var (month, year) = (0, 0);
        await foreach (var row in tables.Query(Table, country.Code, Key(today - 365), Key(today + 1), cancel))
        {
            var bins = 0;
            foreach (var count in row.Body.Span)
                bins += count;
            year += bins;
            if (string.CompareOrdinal(row.Key, Key(today - 30)) >= 0)
                month += bins;
        }
        if (days < Stability.ShortestRecord)
            return new ObservedTime(days, null, null, 0);
        return new ObservedTime(days, month / (double)Bin.PerHour, year / (double)Bin.PerHour, Math.Min(1, year / (double)(Bin.PerDay * Math.Min(365, Math.Max(1, days)))));
    }

    private static string Key(int day) => day.ToString("D6", CultureInfo.InvariantCulture);
}
