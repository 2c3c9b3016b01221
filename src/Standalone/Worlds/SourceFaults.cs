namespace Pharos.Standalone;

/// <summary>
/// What goes wrong at the sources, per source and month: two gaps of 1 to 12 hours, one common dip, half an all-zero spell, half a partial
/// page; and one sample in two hundred is lost anywhere.
/// </summary>
internal static class SourceFaults
{
    private const double LostSamples = .005, ZeroSamples = 2e-5;

    /// <summary>Lays the faults over the series of a world.</summary>
    public static void Lay(Series series, WorldPlan plan)
    {
        var months = plan.Days / 30.0;
        for (var signal = 0; signal < series.Signals.Count; signal++)
        {
            var dice = new Dice(plan.Seed, signal, 1001);
            for (var left = dice.Poisson(2 * months); left > 0; left--)
                Change(series, signal, dice.Whole(0, series.Bins), dice.Whole(12, 144), _ => float.NaN);
            for (var left = dice.Poisson(months); left > 0; left--)
            {
                var (at, lasts, factor) = (dice.Whole(0, series.Bins), dice.Whole(6, 72), (float)dice.Between(.6, .95));
                Change(series, signal, at, lasts, value => value * factor);
            }
            for (var left = dice.Poisson(.5 * months); left > 0; left--)
                Change(series, signal, dice.Whole(0, series.Bins), dice.Whole(2, 12), _ => 0);
            for (var left = dice.Poisson(.5 * months); left > 0; left--)
                PartialPage(series, signal, dice);
        }
        for (var country = 0; country < series.Countries.Count; country++)
            LoseSamples(series, plan, country);
    }

    /// <summary>Changes one source for all countries; a gap stays a gap.</summary>
    public static void Change(Series series, int signal, int from, int bins, Func<float, float> change)
    {
        for (var country = 0; country < series.Countries.Count; country++)
            Change(series.Of(country, signal), from, bins, change);
    }

    private static void Change(float[] values, int from, int bins, Func<float, float> change)
    {
        for (var bin = from; bin < Math.Min(values.Length, from + bins); bin++)
            values[bin] = float.IsNaN(values[bin]) ? float.NaN : change(values[bin]);
    }

    /// <summary>Ten to fifty per cent of the countries are missing from a page, and are written down as zero.</summary>
    private static void PartialPage(Series series, int signal, Dice dice)
    {
        var (at, lasts, share) = (dice.Whole(0, series.Bins), dice.Whole(2, 12), dice.Between(.1, .5));
        for (var country = 0; country < series.Countries.Count; country++)
            if (dice.Share() < share)
                Change(series.Of(country, signal), at, lasts, _ => 0);
    }

    private static void LoseSamples(Series series, WorldPlan plan, int country)
    {
        for (var signal = 0; signal < series.Signals.Count; signal++)
        {
            var dice = new Dice(plan.Seed, country, 1010 + signal);
            var values = series.Of(country, signal);
            for (var bin = 0; bin < values.Length; bin++)
            {
                var share = dice.Share();
                if (share < LostSamples)
                    values[bin] = float.NaN;
                else if (share > 1 - ZeroSamples && !float.IsNaN(values[bin]))
                    values[bin] = 0;
            }
        }
    }
}
