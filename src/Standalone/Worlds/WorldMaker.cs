namespace Pharos.Standalone;

/// <summary>
/// Makes a world of hard cases from a seed. 1. Throw countries. 2. Throw events, lay them over curves of loss. 3. Draw the series.
/// 4. Let the sources fail. 5. Thin each signal to its own cadence.
/// </summary>
public static class WorldMaker
{
    /// <summary>Makes a world; the same plan makes the same bytes.</summary>
    public static World Make(WorldPlan plan) => Make(plan, null, []);

    /// <summary>Makes a world whose first country is given, with the loss that befalls it.</summary>
    public static World Make(WorldPlan plan, WorldCountry? first, IReadOnlyList<Stretch> loss)
    {
        if (plan.Countries is < 1 or > 250 || plan.Days < 4)
            throw new ArgumentOutOfRangeException(nameof(plan), plan, "A world has 1 to 250 countries and at least 4 days.");
        var countries = Enumerable.Range(0, plan.Countries).Select(index => index == 0 && first is not null ? first : Throw(plan, index)).ToList();
        var world = new World(plan, countries);
        var truth = new List<TruthEvent>[countries.Count];
        Parallel.For(0, countries.Count, index =>
        {
            var curves = new LossCurves(world.Series.Bins);
            foreach (var stretch in index == 0 ? loss : [])
                curves.Lay(stretch);
            truth[index] = EventDice.Throw(plan, countries[index], curves, new Dice(plan.Seed, index, 1));
            new SeriesDice(plan, countries[index], curves).Draw(world.Series, index);
        });
        world.Truth = [.. truth.SelectMany(events => events)];
        if (plan.Faults)
            SourceFaults.Lay(world.Series, plan);
        Thin(world.Series);
        return world;
    }

    /// <summary>15 % of the countries are tiny, 25 % small, 35 % of middle size, 20 % large, 5 % huge.</summary>
    private static WorldCountry Throw(WorldPlan plan, int index)
    {
        var dice = new Dice(plan.Seed, index, 0);
        var size = dice.Pick([.15, .25, .35, .2, .05]);
        var east = dice.Whole(-11, 13);
        var prefixes = Of(dice, size, [4, 13, 30, 120, 300, 1500, 4000, 15000, 40000, 400000]);
        var networks = Of(dice, size, [0, 6, 15, 60, 200, 900, 2500, 9000, 20000, 90000]);
        var probes = Of(dice, size, [0, 2, 1, 6, 6, 30, 40, 150, 300, 1800]);
        var addresses = Of(dice, size, [0, 5, 20, 200, 300, 1500, 2000, 9000, 20000, 90000]);
        return new(Countries.All[index], size, east, prefixes, networks, probes, addresses, size > 0 || dice.Share() < .3, size > 0 || dice.Share() < .5);
    }

    private static int Of(Dice dice, int size, ReadOnlySpan<int> ranges) => dice.Whole(ranges[2 * size], ranges[(2 * size) + 1]);

    private static void Thin(Series series)
    {
        for (var signal = 0; signal < series.Signals.Count; signal++)
        {
            var period = series.Signals[signal].Period;
            for (var country = 0; country < series.Countries.Count; country++)
            {
                var values = series.Of(country, signal);
                for (var bin = 0; bin < values.Length; bin++)
                    if (bin % period != 0)
                        values[bin] = float.NaN;
            }
        }
    }
}
