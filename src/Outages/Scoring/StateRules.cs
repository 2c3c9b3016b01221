using System.Globalization;

namespace Pharos.Outages;

/// <summary>The rules of the state machine as sentences with their numbers, in the order in which they are tried.</summary>
internal static class StateRules
{
    /// <summary>The first rule that matches, given the state after a bin; its state is the one judged.</summary>
    public static (State State, string Says) First(CountryState after, int bin)
    {
        var (dips, fused, method) = (after.Dips, after.Fused, after.Method);
        if (dips.UnknownFor >= method.UnknownBins)
            return (State.Unknown, Text($"coverage below {method.CoverageLeast} for {dips.UnknownFor} bins, at least {method.UnknownBins}"));
        var worsening = dips.Episode is { IsClosed: false } && dips.Worsening.Flagged;
        var unstable = dips.ShortDips.Count >= method.UnstableDips;
        var troubled = worsening || unstable;
        return dips.InDip ? InDip(dips, fused, method, bin, worsening, unstable) : Outside(dips, method, bin, worsening, unstable, troubled);
    }

    private static (State State, string Says) InDip(Dips dips, in Fusion fused, Method method, int bin, bool worsening, bool unstable)
    {
        var troubled = worsening || unstable;
        var known = dips.UnknownFor == 0;
        var limit = troubled ? Math.Clamp((int)(1.2 * dips.Episode!.Longest), method.BlipBins, 2 * method.BlipBins) : method.BlipBins;
        var lasted = bin - dips.Dip.Onset + 1;
        var why =
            lasted > limit ? Text($"the dip lasts {lasted} bins, more than {limit}")
            : known && dips.TotalFor >= 2 && fused.Coverage >= method.CoverageSure && !troubled
                ? Text($"loss at least {method.LossTotal} for {dips.TotalFor} bins, coverage {fused.Coverage:F3} at least {method.CoverageSure}, no trouble before")
            : dips.GoneFor >= 2 && known && fused.Loss >= method.LossTotal && (worsening || (!troubled && dips.ShortDips.Count == 0) || dips.Episode!.WasGone(method))
                ? Text($"all routes gone for {dips.GoneFor} bins, loss {fused.Loss:F3}")
                    + (worsening ? ", as the trend announced" : !troubled && dips.ShortDips.Count == 0 ? ", and no trouble before" : ", as in a long dip of the same event before")
            : null;
        if (why is not null)
        {
            return dips.Receding ? (State.Recovering, Text($"{why}; loss {fused.Loss:F3} is well below the dip's largest, {dips.Dip.Peak:F3}"))
                : worsening && fused.Loss < 0.5 ? (State.Worsening, Text($"{why}; the trend is established and the loss {fused.Loss:F3} is below 0.5"))
                : (State.Outage, why);
        }
        return worsening ? (State.Worsening, "the trend is established: drops grow, or the loss deepens")
            : unstable ? (State.Unstable, Text($"{dips.ShortDips.Count} short dips in 24 h, at least {method.UnstableDips}"))
            : (State.Blip, Text($"the dip lasts {lasted} bins, not more than {limit}"));
    }

    private static (State State, string Says) Outside(Dips dips, Method method, int bin, bool worsening, bool unstable, bool troubled)
    {
        if (dips.Episode is not null && bin - dips.LastLong < method.RecoveringBins && (!troubled || dips.LastLength >= Dips.LongBins))
            return (State.Recovering, Text($"a long dip ended {bin - dips.LastLong} bins ago, fewer than {method.RecoveringBins}"));
        if (dips.StillComingBack && !troubled)
            return (State.Recovering, Text($"the long dip that ended {bin - dips.LastEnd} bins ago left a loss that has not fallen below {method.LossOff} since"));
        if (worsening && bin - dips.LastEnd < 72)
            return (State.Worsening, Text($"the trend is established and the last dip ended {bin - dips.LastEnd} bins ago, fewer than 72"));
        if (unstable && bin - dips.LastEnd < 144)
            return (State.Unstable, Text($"{dips.ShortDips.Count} short dips in 24 h, the last ended {bin - dips.LastEnd} bins ago, fewer than 144"));
        return bin - dips.LastBlip < method.BlipBins
            ? (State.Blip, Text($"a short dip ended {bin - dips.LastBlip} bins ago, fewer than {method.BlipBins}"))
            : (State.Stable, "no dip is open and none ended lately");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
