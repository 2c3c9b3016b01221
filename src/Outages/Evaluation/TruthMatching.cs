namespace Pharos.Outages;

/// <summary>Truth × predictions: which truth was found by what, and which predictions answer to nothing.</summary>
public sealed class TruthMatching
{
    /// <summary>Distance at which two intervals still count as one event, bins (30 min).</summary>
    public const int Tolerance = 6;

    /// <summary>Distance at which a prediction is neither right nor wrong, bins (2 h).</summary>
    public const int GreyZone = 24;

    private TruthMatching(IReadOnlyList<Found> found, IReadOnlyList<Prediction> falseAlarms) => (Events, FalseAlarms) = (found, falseAlarms);

    /// <summary>A truth event with the predictions that match it, earliest published first.</summary>
    /// <param name="Truth">What happened.</param>
    /// <param name="By">What was said of it; empty for a miss.</param>
    public sealed record Found(TruthEvent Truth, IReadOnlyList<Prediction> By)
    {
        /// <summary>Whether anything was said of it.</summary>
        public bool IsHit => By.Count > 0;

        /// <summary>Time from the onset to the bin in which it was found, event time.</summary>
        /// <exception cref="InvalidOperationException">It was missed.</exception>
        public double DelayMinutes => (By[0].Published - Truth.Start) * Bin.Length.TotalMinutes;

        /// <summary>The prediction that holds most of the loss.</summary>
        public Prediction Largest => By.MaxBy(prediction => prediction.AreaHours)!;
    }

    /// <summary>Each truth event, found or missed.</summary>
    public IReadOnlyList<Found> Events { get; }

    /// <summary>Predictions with no truth event within two hours.</summary>
    public IReadOnlyList<Prediction> FalseAlarms { get; }

    /// <summary>Matches the predictions published from a bin on.</summary>
    /// <param name="truth">What happened.</param>
    /// <param name="predictions">What was said.</param>
    /// <param name="from">Bin before which nothing is judged: the baselines form.</param>
    public static TruthMatching Of(IReadOnlyList<TruthEvent> truth, IReadOnlyList<Prediction> predictions, Bin from)
    {
        ArgumentNullException.ThrowIfNull(truth);
        ArgumentNullException.ThrowIfNull(predictions);
        var judged = predictions.Where(prediction => prediction.Published >= from).ToLookup(prediction => prediction.Country);
        var happened = truth.ToLookup(known => known.Country);
        var found = truth.Select(known => new Found(known, [.. judged[known.Country].Where(said => Matches(said, known)).OrderBy(said => said.Published)])).ToList();
        var falseAlarms = judged.SelectMany(said => said)
            .Where(said => !happened[said.Country].Any(known => Matches(said, known) || Overlaps(said, known, GreyZone))).ToList();
        return new TruthMatching(found, falseAlarms);
    }

    /// <summary>Several matchings as one: worlds and datasets pooled.</summary>
    public static TruthMatching Together(IReadOnlyList<TruthMatching> parts) => new([.. parts.SelectMany(part => part.Events)], [.. parts.SelectMany(part => part.FalseAlarms)]);

    private static bool Matches(Prediction said, TruthEvent known) => Overlaps(said, known, Tolerance) && said.Published >= known.Start - 1;

    private static bool Overlaps(Prediction said, TruthEvent known, int tolerance) => said.Start <= known.End + tolerance && said.End >= known.Start - tolerance;
}
