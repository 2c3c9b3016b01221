namespace Pharos.Outages;

/// <summary>Whether events told with a confidence of 90 % are real in 90 of 100 cases.</summary>
/// <param name="Brier">Mean squared distance of the confidence from what was true, 0 at best.</param>
/// <param name="Error">Expected calibration error: mean distance of stated from observed over ten bins, weighted by events.</param>
/// <param name="Bins">The reliability table, bins of 0.1 that hold an event.</param>
public sealed record Calibration(double Brier, double Error, IReadOnlyList<Calibration.Bin10> Bins)
{
    /// <summary>Events told with about the same confidence.</summary>
    /// <param name="Stated">Their mean confidence.</param>
    /// <param name="Observed">Share of them that was real.</param>
    /// <param name="Events">How many.</param>
    public sealed record Bin10(double Stated, double Observed, int Events);

    internal static Calibration? Of(TruthMatching matching)
    {
        var told = matching.Events.SelectMany(found => found.By).Distinct().Select(said => (said.Confidence, Real: 1.0))
            .Concat(matching.FalseAlarms.Select(said => (said.Confidence, Real: 0.0))).Where(said => !double.IsNaN(said.Confidence)).ToList();
        if (told.Count == 0)
            return null;
        var bins = told.GroupBy(said => Math.Min(9, (int)(said.Confidence * 10))).OrderBy(group => group.Key)
            .Select(group => new Bin10(group.Average(said => said.Confidence), group.Average(said => said.Real), group.Count())).ToList();
        return new(
            told.Average(said => (said.Confidence - said.Real) * (said.Confidence - said.Real)),
            bins.Sum(bin => Math.Abs(bin.Stated - bin.Observed) * bin.Events) / told.Count, bins);
    }
}
