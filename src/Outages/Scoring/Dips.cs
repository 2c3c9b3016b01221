namespace Pharos.Outages;

/// <summary>
/// From the loss of each bin to dips, episodes and the state, with hysteresis. Nothing opens, closes or heals while too little is seen.
/// </summary>
internal sealed class Dips
{
    /// <summary>Short dips of the last day are remembered, at most so many.</summary>
    public const int MostShort = 64;

    /// <summary>Length from which a dip is a loss in its own right, bins (3 h).</summary>
    public const int LongBins = 36;

    public int OffFor, OnFor, TotalFor, GoneFor;

    /// <summary>Bins of too little coverage so far; a country nobody has looked at is unknown from the first bin.</summary>
    public int UnknownFor = 3;
    public int Onset = -1, LastEnd = -1_000_000, LastLength, LastBlip = -1_000_000, LastLong = -1_000_000;
    public double Floor, LastPeak;
    public bool InDip, Receding, LookNext;
    public int RecedingFor, Hits;
    public DipState Dip;
    public Episode? Episode;
    public Worsening Worsening = Worsening.None;
    public double QuarterSum;
    public int QuarterBins, QuarterKnown;
    public readonly List<int> ShortDips = new(MostShort);

    /// <summary>Episodes closed for good in this run, in order; read and emptied by whoever folds.</summary>
    public readonly List<Episode> Done = [];

    /// <summary>Whether the last dip was long and what it took has not come back: the loss was never small since.</summary>
    public bool StillComingBack => Episode is { IsClosed: false } && LastLong == LastEnd && LastPeak > 0;

    /// <summary>Judges one bin and returns the state.</summary>
    public State Step(int bin, in Fusion fused, Method method)
    {
        UnknownFor = fused.Coverage < method.CoverageLeast ? UnknownFor + 1 : 0;
        var known = UnknownFor == 0;
        var loss = known ? fused.Loss : double.NaN;
        GoneFor = known && fused.RoutesLeft <= 0.05 && fused.ControlWeight > 0.3 ? GoneFor + 1 : 0;
        TestTrend(bin, loss, method);
        if (known)
        {
            if (loss < method.LossOff)
                Floor = LastPeak = 0;
            if (!InDip)
                TryOpen(bin, loss, fused, method);
            if (InDip)
                Continue(bin, loss, method);
            if (Episode is { IsClosed: false } episode)
            {
                episode.AreaHours += loss / Bin.PerHour;
                episode.Peak = Math.Max(episode.Peak, loss);
                episode.Confidence = Math.Max(episode.Confidence, loss >= method.LossOff ? fused.Confidence : 0);
                episode.Coverage = Math.Min(episode.Coverage, fused.Coverage);
            }
        }
        TryClose(bin, known, loss, fused, method);
        return Judge(bin, known, loss, fused, method);
    }

    /// <summary>Every quarter of an hour goes into the profile; the test runs after each dip and every half hour within a long one.</summary>
    private void TestTrend(int bin, double loss, Method method)
    {
        if (Episode is null)
            return;
        QuarterBins++;
        if (!double.IsNaN(loss))
            (QuarterSum, QuarterKnown) = (QuarterSum + loss, QuarterKnown + 1);
        if (QuarterBins == 3)
        {
            Episode.AddQuarter(QuarterKnown > 0 ? QuarterSum / QuarterKnown : double.NaN);
            (QuarterSum, QuarterKnown, QuarterBins) = (0, 0, 0);
            if (InDip && bin - Dip.Onset > method.BlipBins && Episode.QuartersEver % 2 == 0)
                LookNext = true;
        }
        if (!LookNext || Episode.IsClosed)
            return;
        LookNext = false;
        // What grew into a long loss is over once that has ended: growth is told anew from the dips after it.
        var past = Episode.Dips.FindLastIndex(dip => dip.Bins >= LongBins) + 1;
        var count = Episode.Dips.Count - past + (InDip ? 1 : 0);
        Span<int> onsets = stackalloc int[Episode.MostDips + 1];
        Span<double> lengths = stackalloc double[Episode.MostDips + 1];
        for (var i = past; i < Episode.Dips.Count; i++)
            (onsets[i - past], lengths[i - past]) = (Episode.Dips[i].Onset, Episode.Dips[i].Bins);
        if (InDip)
            (onsets[count - 1], lengths[count - 1]) = (Dip.Onset, bin - Dip.Onset);
        var (growth, deepens, found) = Trend.Test(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(Episode.Quarters), onsets[..count], lengths[..count], method);
        // Growing dips are believed at once, and until they clearly no longer grow; a deepening profile when seen twice running.
        Hits = growth is { } sum ? (sum >= (Worsening.Flagged ? method.GrowthStays : method.Growth) ? 2 : 0) : deepens && past == 0 ? Hits + 1 : 0;
        Worsening = found with { Flagged = Hits >= 2 };
        if (Worsening.Flagged && Episode.WorseningSince < 0)
            Episode.WorseningSince = bin;
    }

    private void TryOpen(int bin, double loss, in Fusion fused, Method method)
    {
        // Prominence: the tail of a dip is not a new dip.
        Floor = LastPeak > 0 ? Math.Min(Floor, loss) : 0;
        if (loss >= Math.Max(method.LossOff, Floor + (0.15 * LastPeak)))
            Onset = Onset < 0 ? bin : Onset;
        else
            Onset = -1;
        var above = loss >= Math.Max(fused.OpensAt(method), Floor + (0.25 * LastPeak));
        OnFor = !above ? 0 : fused.Renewed ? OnFor + 1 : OnFor;
        if (!above || fused.Evidence < method.EvidenceToOpen || (OnFor < method.BinsToTurn && fused.Witnesses < 2))
            return;
        var onset = Math.Max(Onset < 0 ? bin : Onset, bin - method.OnsetMost);
        Dip = new DipState { Onset = onset, Found = bin };
        (InDip, OffFor, TotalFor, Receding, RecedingFor) = (true, 0, 0, false, 0);
        if (Episode is { IsClosed: true } closed)
        {
            if (onset - LastEnd <= method.ReopenWithin)
            {
                closed.ClosedAt = -1;
            }
            else
            {
                Done.Add(closed);
                Episode = null;
            }
        }
        if (Episode is not null)
            return;
        Episode = new Episode { Onset = onset, Found = bin };
        (QuarterSum, QuarterKnown, QuarterBins) = (0, 0, 0);
        (Worsening, Hits, LookNext, LastLong) = (Worsening.None, 0, false, -1_000_000);
    }

    private void Continue(int bin, double loss, Method method)
    {
        Dip.Add(bin, loss);
        TotalFor = loss >= method.LossTotal ? TotalFor + 1 : 0;
        OffFor = loss < Math.Max(method.LossOff, 0.25 * Dip.Peak) ? OffFor + 1 : 0;
        RecedingFor = (Receding ? loss > 0.85 * Dip.Peak : loss < 0.7 * Dip.Peak) ? RecedingFor + 1 : 0;
        if (RecedingFor >= method.BlipBins)
            (Receding, RecedingFor) = (!Receding, 0);
        if (OffFor < method.BinsToTurn)
            return;
        Dip.End = bin - OffFor + 1;
        Episode!.AddDip(Dip);
        (LastEnd, LastLength) = (Dip.End, Dip.Bins);
        if (Dip.Bins <= 18)
        {
            if (ShortDips.Count == MostShort)
                ShortDips.RemoveAt(0);
            ShortDips.Add(Dip.Onset);
        }
        if (Dip.Bins <= method.BlipBins + method.BlipTolerance)
            LastBlip = Dip.End;
        else
            LastLong = Dip.End;
        (Floor, LastPeak, Onset, OnFor) = (loss, Dip.Peak, -1, 0);
        (InDip, LookNext) = (false, true);
    }

    private void TryClose(int bin, bool known, double loss, in Fusion fused, Method method)
    {
        if (Episode is not { IsClosed: false } episode || InDip || !known)
            return;
        var calm = Math.Max(method.CalmLeast, Math.Min(method.CalmMost, LastLength / 2));
        if (bin - LastEnd >= calm && !(loss >= method.LossOn && fused.Evidence >= method.EvidenceToOpen))
            episode.ClosedAt = bin;
    }

    private State Judge(int bin, bool known, double loss, in Fusion fused, Method method)
    {
        if (UnknownFor >= method.UnknownBins)
            return State.Unknown;
        while (ShortDips.Count > 0 && ShortDips[0] <= bin - Bin.PerDay)
            ShortDips.RemoveAt(0);
        var worsening = Episode is { IsClosed: false } && Worsening.Flagged;
        var unstable = ShortDips.Count >= method.UnstableDips;
        var troubled = worsening || unstable;
        if (InDip)
        {
            var limit = troubled ? Math.Clamp((int)(1.2 * Episode!.Longest), method.BlipBins, 2 * method.BlipBins) : method.BlipBins;
            var longer = bin - Dip.Onset + 1 > limit;
            var total = known && TotalFor >= 2 && fused.Coverage >= method.CoverageSure && !troubled;
            // All routes gone is an outage at once where calm was the rule, where the trend had announced it, and where the country was gone for long before.
            var gone = GoneFor >= 2 && loss >= method.LossTotal && (worsening || (!troubled && ShortDips.Count == 0) || Episode!.WasGone(method));
            if (total || longer || gone)
                return Receding ? State.Recovering : worsening && loss < 0.5 ? State.Worsening : State.Outage;
            return worsening ? State.Worsening : unstable ? State.Unstable : State.Blip;
        }
        if (Episode is not null && bin - LastLong < method.RecoveringBins && (!troubled || LastLength >= LongBins))
            return State.Recovering;
        if (StillComingBack && !troubled)
            return State.Recovering;
        if (worsening && bin - LastEnd < 72)
            return State.Worsening;
        if (unstable && bin - LastEnd < 144)
            return State.Unstable;
        return bin - LastBlip < method.BlipBins ? State.Blip : State.Stable;
    }
}
