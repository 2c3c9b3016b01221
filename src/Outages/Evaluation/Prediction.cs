namespace Pharos.Outages;

/// <summary>What a detector said of one country: an event with its bounds and the bin in which it could have been told.</summary>
/// <param name="Country">Which country.</param>
/// <param name="Start">First bin.</param>
/// <param name="End">First bin after it; the end of the data while it lasts.</param>
/// <param name="Published">Bin in which the criteria were met.</param>
/// <param name="Confidence">How sure, 0 to 1; NaN for a rule that does not say.</param>
/// <param name="Class">Which class; null for a rule that does not say.</param>
/// <param name="WorseningAt">Bin in which it was first called worsening; null if never.</param>
/// <param name="AreaHours">Integral of the loss, hours of full loss; 0 for a rule that does not say.</param>
public sealed record Prediction(Country Country, Bin Start, Bin End, Bin Published, double Confidence, EventClass? Class, Bin? WorseningAt, double AreaHours)
{
    /// <summary>The prediction that an event found amounts to.</summary>
    public static Prediction Of(Country country, FoundEvent found, Bin until)
    {
        ArgumentNullException.ThrowIfNull(found);
        return new(country, found.Start, found.End ?? until, found.Detected, found.Confidence, found.Class, found.WorseningSince, found.AreaHours);
    }
}
