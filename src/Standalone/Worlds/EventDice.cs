namespace Pharos.Standalone;

/// <summary>Throws the events of a country: what happens, when, for how long, and who can see it.</summary>
internal static class EventDice
{
    private const int Hour = Bin.PerHour, Day = Bin.PerDay;

    private static readonly TroubleKind[] Classes =
    [
        TroubleKind.Blip, TroubleKind.Unstable, TroubleKind.Deteriorating, TroubleKind.Ramp, TroubleKind.Shutdown,
        TroubleKind.Exams, TroubleKind.Cable, TroubleKind.Sudden, TroubleKind.PartialBlip, TroubleKind.BelowThreshold,
    ];

    private static readonly double[] Shares = [.16, .10, .12, .10, .12, .05, .08, .14, .07, .06];

    /// <summary>Throws the events of one country and lays them over its curves.</summary>
    public static List<TruthEvent> Throw(WorldPlan plan, WorldCountry country, LossCurves curves, Dice dice)
    {
        var events = new List<TruthEvent>();
        var count = dice.Poisson(plan.EventsPer90Days * (plan.Days - plan.WarmDays) / 90.0);
        var starts = Enumerable.Range(0, count).Select(_ => (int)dice.Between(plan.WarmDays * Day, curves.Bins - (3 * Day))).Order().ToList();
        var last = int.MinValue / 2;
        foreach (var start in starts)
        {
            var kind = plan.Only is { } only ? only[dice.Whole(0, only.Count)] : Classes[dice.Pick(Shares)];
            if (start - last < 4 * Day)
                continue;
            var (stretches, total) = Of(kind, start, dice);
            var dips = stretches.Select(curves.Lay).OfType<TruthDip>().ToList();
            if (dips.Count == 0)
                continue;
            var (first, end) = (dips.Min(dip => dip.Start), dips.Max(dip => dip.End));
            events.Add(new TruthEvent(country.Country, kind, first, end, country.Size, dips, total is { } bin ? WorldPlan.Start + bin : null));
            last = end - WorldPlan.Start;
        }
        return events;
    }

    /// <summary>The stretches of one event and, for a deterioration, the bin of its total loss.</summary>
    public static (List<Stretch> Stretches, int? Total) Of(TroubleKind kind, int start, Dice dice) => kind switch
    {
        TroubleKind.Blip => (Blips(start, dice), null),
        TroubleKind.PartialBlip => ([new(start, start + dice.Whole(2, 6), dice.Between(.2, .5), dice.Whole(0, 2))], null),
        TroubleKind.Unstable => (Flapping(start, dice), null),
        TroubleKind.Deteriorating => Deterioration(start, dice),
        TroubleKind.Ramp => ([Ramp(start, dice)], null),
        TroubleKind.Shutdown => (Ordered(start, dice, days: 0), null),
        TroubleKind.Exams => (Ordered(start, dice, dice.Whole(4, 9)), null),
        TroubleKind.Cable => ([Cable(start, dice)], null),
        TroubleKind.Sudden =>
            ([new(start, start + Math.Max(7, dice.LogNormal(2, .9) * Hour), dice.Between(.25, 1), dice.Between(.5, 1), 1, dice.Between(.7, 1))], null),
        _ => ([new(start, start + (int)(dice.LogNormal(3, .8) * Hour) + 6, dice.Between(.04, .1))], null),
    };

    private static List<Stretch> Blips(int start, Dice dice)
    {
        var depth = dice.Between(.5, 1);
        var blips = new List<Stretch>();
        for (var left = dice.Whole(1, 3); left > 0; left--)
        {
            var at = start + (blips.Count * 72) + dice.Whole(0, 40);
            blips.Add(new(at, at + dice.Whole(2, 6), depth));
        }
        return blips;
    }

    private static List<Stretch> Flapping(int start, Dice dice)
    {
        var (length, depth) = (dice.Whole(12, 48) * Hour, dice.Between(.5, 1));
        return [.. Enumerable.Range(0, dice.Whole(6, 30)).Select(_ => start + dice.Whole(0, length)).Order().Select(at => new Stretch(at, at + dice.Whole(2, 5), depth))];
    }

    private static (List<Stretch> Stretches, int? Total) Deterioration(int start, Dice dice)
    {
        var (length, count, depth) = (dice.Whole(12, 60) * Hour, dice.Whole(8, 28), dice.Between(.6, 1));
        var stretches = new List<Stretch>();
        foreach (var share in Enumerable.Range(0, count).Select(_ => Math.Pow(dice.Share(), .45)).Order().ToList())
        {
            var bins = (int)(1 + dice.Exponential() + (6 * share * share * dice.Between(.5, 1.3)));
            stretches.Add(new(start + (share * length), start + (share * length) + Math.Max(2, bins), depth));
        }
        var total = start + length;
        var lasts = (int)(dice.Between(2, 14) * Hour);
        stretches.Add(new(total, total + lasts, 1));
        for (var left = dice.Whole(0, 3); left > 0; left--)
        {
            var at = total + lasts + dice.Whole(Hour, 14 * Hour);
            stretches.Add(new(at, at + dice.Whole(3, 8), 1));
        }
        return (stretches, total);
    }

    private static Stretch Ramp(int start, Dice dice)
    {
        var (depth, rise) = (dice.Between(.35, 1), (int)(dice.Between(3, 18) * Hour));
        var lasts = (int)(dice.LogNormal(8, .8) * Hour) + Hour;
        return new(start, start + rise + lasts, depth, ((ReadOnlySpan<double>)[.2, .5, .9])[dice.Whole(0, 3)], 1, 1, rise, (int)(dice.Between(1, 8) * Hour));
    }

    /// <summary>A shutdown, or one on each of several days: mostly on the hour, half of them with routes kept.</summary>
    private static List<Stretch> Ordered(int start, Dice dice, int days)
    {
        var minute = dice.Pick([.70, .15, .15]) switch { 0 => 0, 1 => 6, _ => dice.Whole(0, Hour) };
        var at = (start / Hour * Hour) + minute;
        var (depth, routes) = (dice.Between(.6, 1), dice.Whole(0, 2) == 0 ? .03 : dice.Between(.6, 1));
        if (days == 0)
            return [new(at, at + Math.Max(6, dice.LogNormal(5.5, .9) * Hour), depth, routes)];
        return [.. Enumerable.Range(0, days).Select(day => at + (day * Day)).Select(from => new Stretch(from, from + (int)(dice.Between(2.5, 4.7) * Hour), depth, routes))];
    }

    private static Stretch Cable(int start, Dice dice)
    {
        var lasts = Math.Max(6, Math.Min(dice.LogNormal(6, 1.3) * Hour, 20 * Day));
        return new(start, start + lasts, dice.Between(.35, .95), dice.Between(.1, .7), 1, 1, 2, dice.Whole(0, 2) == 0 ? 2 : 24);
    }
}
