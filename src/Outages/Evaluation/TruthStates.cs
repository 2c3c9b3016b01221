namespace Pharos.Outages;

/// <summary>The state a country was truly in, by the definitions of the states: what a perfect detector would have said.</summary>
public static class TruthStates
{
    private const int BlipBins = 6, RecoveringBins = 24, UnstableBins = 144;

    /// <summary>States of one country, one per bin; bins that no definition settles (below the threshold) are null.</summary>
    public static State?[] Of(IReadOnlyList<TruthEvent> events, Bin first, int bins)
    {
        ArgumentNullException.ThrowIfNull(events);
        var states = new State?[bins];
        Array.Fill(states, State.Stable);
        foreach (var known in events)
            Lay(known, states, first);
        return states;
    }

    private static void Lay(TruthEvent known, State?[] states, Bin first)
    {
        switch (known.Class)
        {
            case TroubleKind.BelowThreshold:
                Fill(states, known.Start - first, known.End - first, null);
                break;
            case TroubleKind.Blip or TroubleKind.PartialBlip:
                foreach (var dip in known.Dips)
                    Fill(states, dip.Start - first, dip.End - first + BlipBins, State.Blip);
                break;
            case TroubleKind.Unstable:
                Fill(states, known.Start - first, known.End - first + UnstableBins, State.Unstable);
                break;
            case TroubleKind.Deteriorating:
                // The trend needs its first half to exist; what follows the total loss is a return with relapses.
                var total = known.TotalLoss!.Value;
                var middle = known.Start + ((total - known.Start) / 2);
                Fill(states, known.Start - first, middle - first, State.Unstable);
                Fill(states, middle - first, total - first, State.Worsening);
                foreach (var dip in known.Dips.Where(dip => dip.Start >= total))
                    Gone(states, dip, first);
                break;
            default:
                foreach (var dip in known.Dips)
                    Gone(states, dip, first);
                break;
        }
    }

    private static void Gone(State?[] states, TruthDip dip, Bin first)
    {
        Fill(states, dip.Start - first, dip.Start - first + BlipBins, null);
        Fill(states, dip.Start - first + BlipBins, dip.End - first, State.Outage);
        Fill(states, dip.End - first, dip.End - first + RecoveringBins, State.Recovering);
    }

    private static void Fill(State?[] states, int from, int until, State? state)
    {
        for (var bin = Math.Max(0, from); bin < Math.Min(states.Length, until); bin++)
            states[bin] = state;
    }
}
