namespace Pharos.Outages;

/// <summary>One sign that speaks for or against a hypothesis.</summary>
/// <param name="Points">Expert points, above 0 for and below 0 against (METHOD.md, "Hypotheses").</param>
/// <param name="Holds">Whether it was seen; null when that cannot be known.</param>
/// <param name="Text">What was seen when it holds, a clause.</param>
/// <param name="Unknown">What is missing when it cannot be known, a noun phrase.</param>
internal sealed record Sign(double Points, Func<EventFeatures, bool?> Holds, Func<EventFeatures, string> Text, string Unknown);

/// <summary>A hypothesis as data: its signature and its signs.</summary>
internal sealed record HypothesisRule(HypothesisKind Kind, string Name, string Signature, IReadOnlyList<Sign> Signs);
