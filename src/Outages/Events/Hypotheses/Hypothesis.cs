namespace Pharos.Outages;

/// <summary>What an event may look like. None of them is ever asserted.</summary>
public enum HypothesisKind
{
    /// <summary>A fault in a router or its software.</summary>
    Fault,

    /// <summary>An attack or overload.</summary>
    Attack,

    /// <summary>A shutdown on somebody's order.</summary>
    Ordered,

    /// <summary>A power cut.</summary>
    Power,

    /// <summary>A cut cable.</summary>
    Cable,

    /// <summary>The loss of an upstream network.</summary>
    Upstream,
}

/// <summary>How an event stands to a hypothesis.</summary>
public enum Verdict
{
    /// <summary>Neither way.</summary>
    NotEnoughEvidence,

    /// <summary>What was seen is what one would see.</summary>
    ConsistentWith,

    /// <summary>What was seen is not what one would expect to see.</summary>
    LessConsistentWith,
}

/// <summary>Something seen that speaks for or against a hypothesis.</summary>
/// <param name="Text">What was seen, a clause without a full stop.</param>
/// <param name="Points">Expert points, above 0 for and below 0 against; 0 where a measured ratio stands in their place.</param>
/// <param name="Ratio">Measured likelihood ratio; null where there are only expert points.</param>
public sealed record Indication(string Text, double Points, double? Ratio);

/// <summary>One hypothesis about one event: what speaks for it, what against, and what is missing.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Name">As in "consistent with …", with its article.</param>
/// <param name="Signature">What one would expect to see.</param>
/// <param name="Verdict">How the event stands to it.</param>
/// <param name="Points">Sum of the expert points.</param>
/// <param name="Probability">By the measured likelihood ratios, 0 to 1; null where there are none.</param>
/// <param name="For">What speaks for it.</param>
/// <param name="Against">What speaks against it.</param>
/// <param name="Missing">What would have to be known and is not.</param>
public sealed record Hypothesis(
    HypothesisKind Kind, string Name, string Signature, Verdict Verdict, double Points, double? Probability,
    IReadOnlyList<Indication> For, IReadOnlyList<Indication> Against, IReadOnlyList<string> Missing);
