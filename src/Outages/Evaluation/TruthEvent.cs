namespace Pharos.Outages;

/// <summary>What kind of trouble really happened, more finely than the detector's classes.</summary>
public enum TroubleKind
{
    /// <summary>One or two short total losses.</summary>
    Blip,

    /// <summary>One short partial loss.</summary>
    PartialBlip,

    /// <summary>Many short dips without a trend.</summary>
    Unstable,

    /// <summary>Dips that come faster and last longer until all is lost, as in North Korea in 2014.</summary>
    Deteriorating,

    /// <summary>A slow fall over hours.</summary>
    Ramp,

    /// <summary>Switched off, often on the hour, routes often kept.</summary>
    Shutdown,

    /// <summary>The same hours of several days.</summary>
    Exams,

    /// <summary>A partial loss of a step, often with routes kept.</summary>
    Cable,

    /// <summary>Any other sudden loss.</summary>
    Sudden,

    /// <summary>Too small to be asked for: neither found nor false.</summary>
    BelowThreshold,
}

/// <summary>A stretch of loss within an event.</summary>
/// <param name="Start">First bin.</param>
/// <param name="End">First bin after it.</param>
/// <param name="Depth">Largest share lost, 0 to 1.</param>
public sealed record TruthDip(Bin Start, Bin End, double Depth);

/// <summary>An event that really happened: what detectors are measured by.</summary>
/// <param name="Country">Which country.</param>
/// <param name="Class">What kind.</param>
/// <param name="Start">First bin with a loss.</param>
/// <param name="End">First bin after the last loss.</param>
/// <param name="Size">Size class of the country, 0 tiny to 4 huge; −1 where unknown.</param>
/// <param name="Dips">The stretches of loss, in the order they were made.</param>
/// <param name="TotalLoss">For a deterioration: the bin of the total loss it leads to; null otherwise.</param>
public sealed record TruthEvent(Country Country, TroubleKind Class, Bin Start, Bin End, int Size, IReadOnlyList<TruthDip> Dips, Bin? TotalLoss)
{
    /// <summary>Whether a detector must find it for its recall of major events.</summary>
    public bool IsMajor => Class is not (TroubleKind.Blip or TroubleKind.PartialBlip or TroubleKind.BelowThreshold);

    /// <summary>The class a detector should give it; null where none is asked for.</summary>
    public EventClass? Expected => Class switch
    {
        TroubleKind.Blip or TroubleKind.PartialBlip => EventClass.Blip,
        TroubleKind.Unstable => EventClass.Unstable,
        TroubleKind.Deteriorating => EventClass.Worsening,
        TroubleKind.Ramp => EventClass.Gradual,
        TroubleKind.BelowThreshold => null,
        _ => EventClass.Sudden,
    };

    /// <summary>Share lost in a bin, 0 to 1, without ramps.</summary>
    public double DepthAt(Bin bin)
    {
        var deepest = 0.0;
        foreach (var dip in Dips)
            if (dip.Start <= bin && bin < dip.End)
                deepest = Math.Max(deepest, dip.Depth);
        return deepest;
    }
}
