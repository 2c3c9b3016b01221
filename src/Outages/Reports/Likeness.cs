namespace Pharos.Outages;

/// <summary>Hypotheses in words: "consistent with" and "less consistent with", always with what speaks for, what against and what is missing, never as a finding.</summary>
public static class Likeness
{
    /// <summary>What stands above the list.</summary>
    public const string Caution =
        "Patterns, not findings: each line says what speaks for it and what against. Several may fit at once, and the true story may not be among them.";

    /// <summary>One sentence or more for each hypothesis on which something can be said, then one for all others. Empty when nothing was weighed.</summary>
    public static IReadOnlyList<string> Of(ReportFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var weighed = facts.Background.Hypotheses;
        if (weighed.Count == 0 || facts.Revision.Change == Change.Retracted)
            return [];
        var said = weighed.Where(one => one.Verdict != Verdict.NotEnoughEvidence).Select(Sentence).ToList();
        var open = weighed.Where(one => one.Verdict == Verdict.NotEnoughEvidence).ToList();
        if (open.Count > 0)
        {
            var missing = open.SelectMany(one => one.Missing).Distinct().ToList();
            said.Add(
                $"Not enough evidence either way on whether it is {string.Join(", or ", open.Select(one => $"consistent with {one.Name}"))}."
                + (missing.Count > 0 ? $" What would help: {string.Join("; ", missing)}." : ""));
        }
        return said;
    }

    /// <summary>As <c>Consistent with a cut cable. For: … Against: … Not known: …</c>.</summary>
    public static string Sentence(Hypothesis one)
    {
        ArgumentNullException.ThrowIfNull(one);
        var verdict = one.Verdict switch
        {
            Verdict.ConsistentWith => $"Consistent with {one.Name}",
            Verdict.LessConsistentWith => $"Less consistent with {one.Name}",
            _ => $"Not enough evidence on whether it is consistent with {one.Name}",
        };
        var measured = one.Probability is { } p ? $" ({Amounts.Share(p)} by ratios measured on past national events)" : "";
        return $"{verdict}{measured}. For: {List(one.For)}. Against: {List(one.Against)}." + (one.Missing.Count > 0 ? $" Not known: {string.Join("; ", one.Missing)}." : "");
    }

    private static string List(IReadOnlyList<Indication> seen) => seen.Count == 0 ? "nothing we could see" : string.Join("; ", seen.Select(one => one.Text));
}
