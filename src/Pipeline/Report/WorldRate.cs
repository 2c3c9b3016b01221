using System.Globalization;

namespace Pharos.Pipeline;

/// <summary>
/// The world's median rate of short dips, once a day: table <c>norms</c>, partition = world, key = day. The first report of a day computes it from the
/// latest revisions, all others read one row, so that a report asked twice says the same.
/// </summary>
public sealed class WorldRate(ITables tables, EventLog events)
{
    private const string Table = "norms", World = "world";
    private const int ShortBins = 8, Days = 30;

    /// <summary>Short dips per day of the median country with any event, over the 30 days before a bin's day.</summary>
    public async Task<double> PerDay(Bin now, CancellationToken cancel)
    {
        var midnight = Bin.FirstOf(now.Day);
        var key = now.Day.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        if (await tables.Read(Table, World, key, cancel) is { } kept)
            return BitConverter.ToDouble(kept.Body.Span);
        var rate = MedianOf(await events.Latest(cancel), midnight);
        try
        {
            await tables.Write(Table, new Row(World, key, BitConverter.GetBytes(rate)), Expect.Absent, cancel);
        }
        catch (ConflictException)
        {
            return BitConverter.ToDouble((await tables.Read(Table, World, key, cancel))!.Body.Span);
        }
        return rate;
    }

    private static double MedianOf(IReadOnlyList<Revision> latest, Bin until)
    {
        var from = until - (Days * Bin.PerDay);
        var counts = latest.Where(revision => revision.Change != Change.Retracted).GroupBy(revision => revision.Country)
            .Select(told => told.Sum(revision => revision.Found.Dips.Count(dip => dip.Start >= from && dip.Start < until && dip.End - dip.Start <= ShortBins)))
            .Order().ToList();
        return counts.Count == 0 ? 0 : counts[counts.Count / 2] / (double)Days;
    }
}
