namespace Pharos.Outages;

/// <summary>How a weight comes about: the product of its factors, each 0 to 1.</summary>
/// <param name="Most">Weight of the kind with unlimited vantage points and no noise.</param>
/// <param name="Fresh">1 while the latest sample is as young as the cadence allows, falling to 0.</param>
/// <param name="Support">Share that the vantage points justify.</param>
/// <param name="Quiet">Share that the noise leaves.</param>
/// <param name="Warm">Share of the warm-up that is done.</param>
public sealed record WeightFactors(double Most, double Fresh, double Support, double Quiet, double Warm)
{
    /// <summary>Their product.</summary>
    public double Product => Most * Fresh * Support * Quiet * Warm;
}

/// <summary>One signal on its way from the reading to its part in the judgement.</summary>
/// <param name="Found">Reading, expected value, spread, loss, evidence and weight, as in the assessment.</param>
/// <param name="CommonRatio">Movement common to all countries that was divided out; 1 = none.</param>
/// <param name="WithdrawnWhy">Why the guard withheld the signal; null when it did not.</param>
/// <param name="Ratio">Value over expected value over common ratio; null without a judged reading in the bin.</param>
/// <param name="Drop">1 − ratio; below 0 for a rise; null without a judged reading in the bin.</param>
/// <param name="NoiseAllowance">Kappa: the part of a drop that is taken for noise; null without a judged reading in the bin.</param>
/// <param name="SampleLoss">Loss by this sample alone; null without a judged reading in the bin.</param>
/// <param name="AveragedDrop">Exponential mean of the drops; null before the first.</param>
/// <param name="AveragedSigma">Sigma of that mean.</param>
/// <param name="EvidenceBefore">Evidence before the bin, nats.</param>
/// <param name="LogRatio">Log-likelihood ratio of the sample, nats; null without a judged reading in the bin.</param>
/// <param name="Tempo">Share of the ratio that counts.</param>
/// <param name="EvidenceCap">Most evidence the signal may claim, nats.</param>
/// <param name="Factors">The factors of the weight.</param>
/// <param name="Recency">Factor of its loss in the mean of its plane: halved every two bins without a sample.</param>
public sealed record SignalExplanation(
    SignalAssessment Found, double CommonRatio, string? WithdrawnWhy, double? Ratio, double? Drop, double? NoiseAllowance, double? SampleLoss,
    double? AveragedDrop, double AveragedSigma, double EvidenceBefore, double? LogRatio, double Tempo, double EvidenceCap, WeightFactors Factors, double Recency)
{
    /// <summary>What it is, what it showed and what became of it, in a sentence.</summary>
    public string Says =>
        WithdrawnWhy is { } why ? $"withdrawn: {why}"
        : !Found.Reading.TryValue(out _) ? $"no reading: {States.Word(Found.Reading.Gap)}"
        : Found.Expected is null ? "no baseline yet: it is warming up"
        : Found.Weight <= 0 ? "it has no weight yet: it is warming up"
        : Found.Loss <= 0 ? "as usual, within its noise"
        : $"{Amounts.Share(Found.Loss)} lost beyond its noise";

    internal static SignalExplanation Of(SignalState signal, SignalAssessment found, in GuardVerdict verdict) => new(
        found, verdict.CommonRatio, verdict.Withdrawn ? verdict.Why ?? "the source looks ill" : null,
        OrNull(1 - signal.Drop), OrNull(signal.Drop), OrNull(signal.Noise), OrNull(signal.SampleLoss), OrNull(signal.Averaged), signal.AveragedSigma,
        signal.EvidenceBefore, OrNull(signal.LogRatio), signal.Method.Tempo, signal.Method.Cap,
        new WeightFactors(signal.Method.Weight, signal.Fresh, signal.Support, signal.Quiet, signal.Warm), signal.Recency);

    private static double? OrNull(double value) => double.IsNaN(value) ? null : SignalState.Round(value);
}
