namespace Pharos.Outages;

/// <summary>One excursion in the making or done: onset, the bin it was found in, end (exclusive), largest loss, hours of full loss.</summary>
internal struct DipState
{
    public int Onset, Found, End;
    public double Peak, AreaHours;

    /// <summary>Bins from the onset until four fifths of the peak were first reached, and the loss then.</summary>
    public int Fall;
    public double FallLoss;

    public readonly int Bins => End - Onset;

    /// <summary>Takes the loss of one more bin.</summary>
    public void Add(int bin, double loss)
    {
        Peak = Math.Max(Peak, loss);
        AreaHours += loss / Bin.PerHour;
        if (FallLoss < 0.8 * Peak)
            (Fall, FallLoss) = (bin - Onset, loss);
    }
}

/// <summary>
/// A cluster of dips: the event in the making. It keeps what the worsening test and the class need, bounded: 64 dips, 480 quarters of an hour.
/// </summary>
internal sealed class Episode
{
    public const int MostDips = 64;
    public const int MostQuarters = 480;

    public int Onset, Found, ClosedAt = -1, WorseningSince = -1;
    public double Peak, AreaHours, Confidence, Coverage = 1;
    public readonly List<DipState> Dips = new(MostDips);
    public readonly List<float> Quarters = new(MostQuarters);
    public int QuartersEver;

    public bool IsClosed => ClosedAt >= 0;

    public void AddQuarter(double loss)
    {
        if (Quarters.Count == MostQuarters)
            Quarters.RemoveAt(0);
        Quarters.Add((float)loss);
        QuartersEver++;
    }

    public void AddDip(in DipState dip)
    {
        if (Dips.Count == MostDips)
            Dips.RemoveAt(0);
        Dips.Add(dip);
    }

    /// <summary>Whether a dip that is over was total and a loss in its own right.</summary>
    public bool WasGone(Method method)
    {
        foreach (var dip in Dips)
            if (dip.Bins >= Outages.Dips.LongBins && dip.Peak >= method.LossTotal)
                return true;
        return false;
    }

    /// <summary>Longest dip so far, bins.</summary>
    public int Longest
    {
        get
        {
            var longest = 0;
            foreach (var dip in Dips)
                longest = Math.Max(longest, dip.Bins);
            return longest;
        }
    }

    /// <summary>The class so far; a dip that still lasts counts as ending now.</summary>
    public EventClass Class(in DipState? open, int now, Method method)
    {
        var dips = new List<DipState>(Dips);
        if (open is { } lasting)
        {
            lasting.End = now + 1;
            dips.Add(lasting);
        }
        var big = -1;
        var longs = 0;
        for (var i = 0; i < dips.Count; i++)
        {
            if (dips[i].Bins <= method.BlipBins + method.BlipTolerance)
                continue;
            longs++;
            if (big < 0 || dips[i].AreaHours > dips[big].AreaHours)
                big = i;
        }
        var before = big < 0 ? dips.Count : big;
        if (big < 0 || (dips[big].Bins <= 24 && dips.Count >= 4 && longs <= dips.Count / 2.0))
            return dips.Count <= 2 ? EventClass.Blip : WorseningSince >= 0 ? EventClass.Worsening : EventClass.Unstable;
        if (before >= 3)
            return WorseningSince >= 0 && WorseningSince <= dips[big].Onset + 24 || GrewBefore(dips, big) ? EventClass.Worsening : EventClass.Unstable;
        return dips[big].Fall >= Bin.PerHour ? EventClass.Gradual : EventClass.Sudden;
    }

    /// <summary>Whether the dips before the big one came faster and lasted longer.</summary>
    private static bool GrewBefore(List<DipState> dips, int big)
    {
        if (big < 4)
            return false;
        Span<int> onsets = stackalloc int[big];
        Span<double> lengths = stackalloc double[big];
        for (var i = 0; i < big; i++)
            (onsets[i], lengths[i]) = (dips[i].Onset, dips[i].Bins);
        return Trend.Growth(onsets, lengths) is { Sum: >= 1 };
    }
}
