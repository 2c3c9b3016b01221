namespace Pharos.Standalone;

/// <summary>How a source fails.</summary>
internal enum FaultKind
{
    /// <summary>Its bins are zero for every country.</summary>
    Zeros,

    /// <summary>Its bins have no value for any country, and never will.</summary>
    Nulls,

    /// <summary>While the clock is inside, it answers 503 with an HTML page.</summary>
    ErrorPage,
}

/// <summary>A source fails for everybody.</summary>
/// <param name="Source">A datasource (<c>ioda.bgp</c>) or a whole source (<c>ripestat</c>).</param>
/// <param name="Kind">How.</param>
/// <param name="When">Which bins, or which time of the clock.</param>
internal sealed record SourceFault(string Source, FaultKind Kind, Interval When)
{
    /// <summary>The same for the reader.</summary>
    public Truth Truth => new(null, When, TruthClass.SourceFault, $"ours: {Source} fails for every country");
}
