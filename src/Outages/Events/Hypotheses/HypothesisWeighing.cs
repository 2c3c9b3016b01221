namespace Pharos.Outages;

/// <summary>
/// Weighs all hypotheses about an event, each with what speaks for it, what against and what is missing. All six are always returned: none stands alone,
/// and none is a verdict on the cause.
/// </summary>
public static class HypothesisWeighing
{
    /// <summary>Expert points from which something is said either way.</summary>
    public const double Margin = 2;

    /// <summary>Probability from which the ordered shutdown is called consistent, and below which less consistent.</summary>
    public const double Probable = 0.5, Improbable = 0.2;

    /// <summary>All six: those that it is consistent with first, then those it is less consistent with, then the open ones.</summary>
    public static IReadOnlyList<Hypothesis> Of(EventFeatures features)
    {
        ArgumentNullException.ThrowIfNull(features);
        return [.. HypothesisRules.All.Select(rule => Weigh(rule, features)).OrderBy(Rank).ThenByDescending(found => found.Points)];
    }

    private static Hypothesis Weigh(HypothesisRule rule, EventFeatures features)
    {
        var seen = new List<Indication>();
        var missing = new List<string>();
        foreach (var sign in rule.Signs)
        {
            if (sign.Holds(features) is not { } holds)
                missing.Add(sign.Unknown);
            else if (holds)
                seen.Add(new Indication(sign.Text(features), sign.Points, null));
        }
        var points = seen.Sum(one => one.Points);
        double? probability = null;
        if (rule.Kind == HypothesisKind.Ordered)
        {
            var (measured, ratios, unknown) = OrderedRatios.Of(features);
            probability = measured;
            seen.AddRange(ratios);
            missing.AddRange(unknown);
        }
        return new Hypothesis(
            rule.Kind, rule.Name, rule.Signature, Judge(points, probability), points, probability,
            [.. seen.Where(one => one.Points > 0 || one.Ratio > 1)], [.. seen.Where(one => one.Points < 0 || one.Ratio < 1)],
            [.. missing.Where(what => what.Length > 0).Distinct()]);
    }

    /// <summary>Where ratios were measured they decide, unless the expert points speak the other way: then nothing is said.</summary>
    private static Verdict Judge(double points, double? probability) => probability is { } p
        ? p >= Probable && points > -Margin ? Verdict.ConsistentWith
            : p < Improbable && points <= 0 ? Verdict.LessConsistentWith
            : Verdict.NotEnoughEvidence
        : points >= Margin ? Verdict.ConsistentWith
        : points <= -Margin ? Verdict.LessConsistentWith
        : Verdict.NotEnoughEvidence;

    private static int Rank(Hypothesis found) => found.Verdict switch
    {
        Verdict.ConsistentWith => 0,
        Verdict.LessConsistentWith => 1,
        _ => 2,
    };
}
