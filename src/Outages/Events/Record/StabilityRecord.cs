namespace Pharos.Outages;

/// <summary>The record of a country around one of its events: how stable it usually is, and how this one compares (METHOD.md, "Stability record").</summary>
/// <param name="Availability30">1 − hours of full loss over observed hours in the last 30 days; null with too short a record.</param>
/// <param name="Availability365">The same in the last 365 days.</param>
/// <param name="Observed365">Share of the record's last 365 days in which enough was seen to judge, 0 to 1.</param>
/// <param name="Blips30">Short dips in the last 30 days, this event left out.</param>
/// <param name="BlipsPerDay">Rate of short dips, drawn towards the world's median by the size of the record.</param>
/// <param name="MedianBlip">Median length of the short dips of the record; null without any.</param>
/// <param name="Drops24">Dips in the last 24 hours.</param>
/// <param name="Surprise">Probability of so many dips in 24 hours at that rate.</param>
/// <param name="NumberThisYear">1 for the first event of the calendar year (UTC) that was more than a blip; null where this one is a blip.</param>
/// <param name="DaysSinceLast">Days from the end of the event before that was more than a blip; null without one.</param>
/// <param name="Longest">The longest other event of the record; null without one.</param>
/// <param name="LongestSince">The latest earlier event that lasted at least as long as this one; null when none did.</param>
/// <param name="Nearest">The three past events nearest in shape, nearest first.</param>
/// <param name="DaysOfRecord">Whole days of record.</param>
public sealed record StabilityRecord(
    double? Availability30, double? Availability365, double Observed365, int Blips30, double BlipsPerDay, TimeSpan? MedianBlip, int Drops24, double Surprise,
    int? NumberThisYear, int? DaysSinceLast, PastEvent? Longest, PastEvent? LongestSince, IReadOnlyList<PastEvent> Nearest, int DaysOfRecord)
{
    private const int ShortBins = 8;

    /// <summary>Whether so many drops in a day are unusual for the country.</summary>
    public bool IsUnusual => Rarity.IsUnusual(Drops24, Surprise);

    /// <summary>The record as of a bin.</summary>
    /// <param name="present">The event it is about.</param>
    /// <param name="others">The country's other events, none of them retracted.</param>
    /// <param name="now">The last judged bin.</param>
    /// <param name="record">What was observed.</param>
    /// <param name="worldBlipsPerDay">The world's median rate of short dips.</param>
    public static StabilityRecord Of(PastEvent present, IReadOnlyList<PastEvent> others, Bin now, ObservedTime record, double worldBlipsPerDay)
    {
        ArgumentNullException.ThrowIfNull(present);
        ArgumentNullException.ThrowIfNull(others);
        ArgumentNullException.ThrowIfNull(record);
        var earlier = others.Where(other => other.Event != present.Event && other.Found.Start < present.Found.Start).OrderBy(other => other.Found.Start).ToList();
        var month = now - (30 * Bin.PerDay);
        var blips = earlier.SelectMany(other => other.Found.Dips).Where(dip => dip.End - dip.Start <= ShortBins).ToList();
        var blips30 = blips.Count(dip => dip.Start >= month);
        var rate = Rarity.PerDay(blips30, Math.Min(30, record.Days), worldBlipsPerDay);
        var drops = earlier.Append(present).SelectMany(other => other.Found.Dips).Count(dip => dip.Start > now - Bin.PerDay && dip.Start <= now);
        var grave = earlier.Where(other => other.Found.Class != EventClass.Blip).ToList();
        var length = present.Length(now);
        return new StabilityRecord(
            Availability(earlier, present, now, record.Hours30, 30), Availability(earlier, present, now, record.Hours365, 365), record.Share365, blips30, rate, MedianOf(blips), drops,
            Rarity.AtLeast(drops, rate),
            present.Found.Class == EventClass.Blip ? null : 1 + grave.Count(other => other.Found.Start.Start.Year == present.Found.Start.Start.Year),
            grave.Count == 0 ? null : Math.Max(0, (present.Found.Start - (grave[^1].Found.Dips[^1].End ?? grave[^1].Found.Start)) / Bin.PerDay),
            earlier.MaxBy(other => other.Length(now)), earlier.FindLast(other => other.Length(now) >= length),
            [.. earlier.OrderBy(other => PastEvent.Distance(present, other, now)).ThenByDescending(other => other.Found.Start).Take(3)], record.Days);
    }

    private static double? Availability(List<PastEvent> earlier, PastEvent present, Bin now, double? hours, int days)
    {
        if (hours is not > 0)
            return null;
        var from = now - (days * Bin.PerDay);
        var lost = earlier.Append(present).Sum(other => other.Found.AreaHours * Inside(other, from, now));
        return Math.Round(Math.Clamp(1 - (lost / hours.Value), 0, 1), 9);
    }

    /// <summary>Share of an event that lies after a bin: its loss is spread evenly over it.</summary>
    private static double Inside(PastEvent other, Bin from, Bin now)
    {
        var end = other.Found.End ?? other.Found.Dips[^1].End ?? now + 1;
        return end <= from ? 0 : other.Found.Start >= from ? 1 : (end - from) / (double)(end - other.Found.Start);
    }

    private static TimeSpan? MedianOf(List<Dip> blips)
    {
        if (blips.Count == 0)
            return null;
        var lengths = blips.Select(dip => dip.End!.Value - dip.Start).Order().ToList();
        return lengths[lengths.Count / 2] * Bin.Length;
    }
}
