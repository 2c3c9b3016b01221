namespace Pharos.Outages;

/// <summary>The guard's word on one signal in one bin.</summary>
/// <param name="CommonRatio">Movement common to all countries, divided out; 1 = none.</param>
/// <param name="Withdrawn">Whether the signal is withheld for all countries in this bin.</param>
/// <param name="Why">Why it was withdrawn, in words; null otherwise.</param>
/// <param name="Hold">Bins for which the suspicion still holds.</param>
/// <param name="Dropped">Countries that were down at their last accepted sample: they do not drop anew. Ordered by code.</param>
public readonly record struct GuardVerdict(double CommonRatio, bool Withdrawn, string? Why, int Hold, IReadOnlyList<Country> Dropped)
{
    /// <summary>No opinion: too few countries to tell.</summary>
    public static readonly GuardVerdict None = new(1, false, null, 0, []);
}

/// <summary>One country's sample as the guard sees it.</summary>
/// <param name="Country">Which country.</param>
/// <param name="Ratio">Value over its expected value, 0 or more.</param>
/// <param name="Scale">Mean absolute relative deviation of the signal there.</param>
/// <param name="OtherLoss">Largest drop another source shows in the same country now, 0 to 1.</param>
public readonly record struct GuardSample(Country Country, double Ratio, double Scale, double OtherLoss);

/// <summary>
/// Is the source ill? When many countries move together in one source and no other source agrees, the source moved, not the countries.
/// </summary>
public static class Guard
{
    /// <summary>Judges one signal in one bin across all countries with a sample there, given its verdict on the bin before.</summary>
    public static GuardVerdict Judge(GuardVerdict before, IReadOnlyList<GuardSample> samples, Method method)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(method);
        var hold = Math.Max(0, before.Hold - 1);
        var dropped = before.Dropped ?? [];
        if (samples.Count < method.GuardCountries)
            return new GuardVerdict(1, before.Hold > 0 && samples.Count > 0, before.Hold > 0 ? before.Why : null, hold, dropped);

        var median = Median(samples);
        if (median < method.GuardMedian)
            return new GuardVerdict(1, true, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"the median country shows {100 * median:F0} % of its baseline"), method.GuardHold, dropped);

        var common = Math.Round(Math.Clamp(median, method.GuardMedian, method.GuardMedianMost), 2);
        if (Math.Abs(common - 1) <= method.GuardDeadband)
            common = 1;
        var down = samples.Where(sample => 1 - (sample.Ratio / common) > Math.Clamp(5 * sample.Scale, method.GuardDrop, method.GuardDropMost)).ToList();
        var anew = down.Where(sample => !dropped.Contains(sample.Country)).ToList();
        if (anew.Count >= Math.Max(method.GuardFewest, method.GuardShare * samples.Count))
        {
            var confirmed = anew.Count(sample => sample.OtherLoss > method.GuardConfirmingLoss);
            if (confirmed < method.GuardConfirmed * anew.Count)
                return new GuardVerdict(
                    common, true, $"{anew.Count} of {samples.Count} countries drop in one bin and other sources confirm {confirmed}", method.GuardHold, dropped);
        }
        if (before.Hold > 0)
            return new GuardVerdict(common, true, before.Why, hold, dropped);
        var seen = samples.Select(sample => sample.Country).ToHashSet();
        var stillDown = dropped.Where(country => !seen.Contains(country)).Concat(down.Select(sample => sample.Country)).Order().ToList();
        return new GuardVerdict(common, false, null, 0, stillDown);
    }

    private static double Median(IReadOnlyList<GuardSample> samples)
    {
        var ratios = samples.Select(sample => sample.Ratio).Order().ToList();
        var half = ratios.Count / 2;
        return ratios.Count % 2 == 1 ? ratios[half] : (ratios[half - 1] + ratios[half]) / 2;
    }
}
