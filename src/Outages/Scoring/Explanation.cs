namespace Pharos.Outages;

/// <summary>How the planes were fused into one loss.</summary>
/// <param name="Planes">Weight and loss of each plane.</param>
/// <param name="PathsLoss">Loss of the data and usage planes together; 0 where they see too little.</param>
/// <param name="Gamma">Share of the routes' loss that counts: 1 without any sensor of paths, a half where all of them see.</param>
/// <param name="Loss">The larger of the paths' loss and gamma × the routes' loss.</param>
/// <param name="Witnesses">Planes that show a loss with evidence of their own.</param>
/// <param name="RoutesLeft">Share of the usual routes that is left; null without a routing signal.</param>
public sealed record FusionExplanation(PlaneNumbers Planes, double PathsLoss, double Gamma, double Loss, int Witnesses, double? RoutesLeft);

/// <summary>
/// Why a country was judged as it was in one bin: the whole chain from readings to state as data, and the gates in order with the numbers compared.
/// </summary>
/// <param name="Assessment">The judgement.</param>
/// <param name="Signals">Each signal known for the country, in the order of judgement.</param>
/// <param name="Fusion">How they were fused.</param>
/// <param name="Gates">The gates in order, up to the event; letters are added by whoever knows the readers.</param>
/// <param name="Found">The event that the bin belongs to, as known after it; null when there is none.</param>
/// <param name="Card">The numbers from which the score follows.</param>
/// <param name="Method">Version of the method.</param>
public sealed record Explanation(
    Assessment Assessment, IReadOnlyList<SignalExplanation> Signals, FusionExplanation Fusion, IReadOnlyList<Gate> Gates, FoundEvent? Found, EvidenceCard Card, string Method)
{
    /// <summary>The first gate that was not passed; null when all were.</summary>
    public Gate? StoppedBy => Gates.FirstOrDefault(gate => !gate.Passed);

    /// <summary>
    /// Explains a bin. The state is left as it is: a copy takes the readings. Nothing is explained, and nothing allocated, unless asked here.
    /// </summary>
    /// <param name="before">The state after the bin before.</param>
    /// <param name="bin">The bin.</param>
    /// <param name="readings">One reading per signal of the state, in its order.</param>
    /// <param name="verdicts">The guard's verdict per signal, in the same order.</param>
    public static Explanation Of(CountryState before, Bin bin, ReadOnlySpan<Reading> readings, ReadOnlySpan<GuardVerdict> verdicts)
    {
        ArgumentNullException.ThrowIfNull(before);
        var after = before.Copy();
        var wasInDip = after.Dips.InDip;
        Detector.Fold(after, bin, readings, verdicts);
        var assessment = after.Assessment();
        var signals = new List<SignalExplanation>();
        for (var i = 0; i < after.Series.Length; i++)
            if (assessment.Signals.FirstOrDefault(found => found.Signal == after.Series[i].Signal) is { } found)
                signals.Add(SignalExplanation.Of(after.Series[i], found, verdicts[i]));
        var event_ = after.Dips.Episode is null ? null : after.Events()[^1];
        return new Explanation(
            assessment, signals, OfFusion(after), Outages.Gates.Of(after, wasInDip, bin.Number), event_,
            EvidenceCard.Of(assessment, after.Method.Version), after.Method.Version);
    }

    private static FusionExplanation OfFusion(CountryState after)
    {
        var fused = after.Fused;
        var gamma = 1 - (after.Method.UnconfirmedRoutes * Math.Min(1, fused.DataWeight + fused.UsageWeight));
        return new FusionExplanation(
            fused.Planes, SignalState.Round(fused.PathLoss), SignalState.Round(gamma), fused.Loss, fused.Witnesses,
            double.IsNaN(fused.RoutesLeft) ? null : SignalState.Round(fused.RoutesLeft));
    }
}
