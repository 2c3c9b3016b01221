namespace Pharos.Standalone;

/// <summary>What kind of thing happens in a scenario.</summary>
public enum TruthClass
{
    /// <summary>One short drop.</summary>
    Blip,

    /// <summary>Repeated short drops.</summary>
    Unstable,

    /// <summary>Drops that come faster, last longer or reach deeper.</summary>
    Worsening,

    /// <summary>All or most of the country is gone.</summary>
    Outage,

    /// <summary>Probes lose their controller while the country is well: not an outage.</summary>
    ProbesOnly,

    /// <summary>Routes are present while packets do not pass.</summary>
    PlanesDisagree,

    /// <summary>A source fails for everybody: not an outage.</summary>
    SourceFault,
}

/// <summary>One thing that happens in a scenario.</summary>
/// <param name="Country">Whom it concerns; null for a fault of a source, which concerns all.</param>
/// <param name="Interval">From when to when.</param>
/// <param name="Class">What it is.</param>
/// <param name="Source">Who published it; "ours" where the scenario made it up.</param>
public sealed record Truth(Country? Country, Interval Interval, TruthClass Class, string Source);
