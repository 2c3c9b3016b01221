namespace Pharos.Outages;

/// <summary>How well a detector did: every figure of the evaluation (METHOD.md, "Score card").</summary>
/// <param name="Detector">Who was measured.</param>
/// <param name="CountryYears">Country-years judged.</param>
/// <param name="Found">Truth events found, those below the threshold apart.</param>
/// <param name="FalseAlarms">Predictions with no truth event within two hours.</param>
/// <param name="FalsePerCountryYear">False alarms per country-year.</param>
/// <param name="FalseLow">Lower end of its 95 % Poisson interval.</param>
/// <param name="FalseHigh">Upper end of its 95 % Poisson interval.</param>
/// <param name="Precision">Found over found and false; 1 when nothing was said.</param>
/// <param name="Recall">Share of the major events found.</param>
/// <param name="F1">Harmonic mean of the two.</param>
/// <param name="Delay">Minutes from onset to publication, event time, major events without ramps.</param>
/// <param name="ByClass">Recall and delay per class of truth.</param>
/// <param name="BySize">Recall of major events per size of country.</param>
/// <param name="Classes">Classes given against classes true; null for a detector without classes.</param>
/// <param name="Confidence">How far the confidence can be believed; null for a detector without one.</param>
/// <param name="Worsening">Whether it was said before it died; null for a detector that does not say.</param>
public sealed record ScoreCard(
    string Detector, double CountryYears, int Found, int FalseAlarms, double FalsePerCountryYear, double FalseLow, double FalseHigh,
    double Precision, double Recall, double F1, Delay Delay, IReadOnlyList<ClassScore> ByClass, IReadOnlyList<SizeScore> BySize,
    ClassConfusion? Classes, Calibration? Confidence, WorseningScore? Worsening)
{
    /// <summary>The states given against the states true, bin by bin; null where not measured.</summary>
    public StateConfusion? States { get; init; }

    /// <summary>Minutes from onset to publication in wall time, with the sources' own lags; null where not measured.</summary>
    public Delay? WallDelay { get; init; }

    /// <summary>Measures a detector.</summary>
    /// <param name="detector">Its name.</param>
    /// <param name="matching">What happened and what it said.</param>
    /// <param name="countryYears">Country-years judged.</param>
    public static ScoreCard Of(string detector, TruthMatching matching, double countryYears)
    {
        ArgumentNullException.ThrowIfNull(matching);
        var major = matching.Events.Where(found => found.Truth.IsMajor).ToList();
        var hits = matching.Events.Count(found => found.IsHit && found.Truth.Class != TroubleKind.BelowThreshold);
        var wrong = matching.FalseAlarms.Count;
        var precision = hits + wrong == 0 ? 1 : hits / (double)(hits + wrong);
        var recall = major.Count == 0 ? 1 : major.Count(found => found.IsHit) / (double)major.Count;
        var (low, high) = Poisson(wrong);
        return new ScoreCard(
            detector, countryYears, hits, wrong, wrong / countryYears, low / countryYears, high / countryYears, precision, recall,
            precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0,
            Delay.Of(major.Where(found => found.IsHit && found.Truth.Class != TroubleKind.Ramp).Select(found => found.DelayMinutes)),
            [.. matching.Events.GroupBy(found => found.Truth.Class).OrderBy(group => group.Key).Select(ClassScore.Of)],
            [.. major.GroupBy(found => found.Truth.Size).OrderBy(group => group.Key).Select(SizeScore.Of)],
            ClassConfusion.Of(matching), Calibration.Of(matching), WorseningScore.Of(matching));
    }

    /// <summary>95 % interval of a Poisson mean after so many events, by Byar's approximation.</summary>
    private static (double Low, double High) Poisson(int count)
    {
        double more = count + 1;
        var high = more * Math.Pow(1 - (1 / (9 * more)) + (1.96 / (3 * Math.Sqrt(more))), 3);
        return (count == 0 ? 0 : count * Math.Pow(1 - (1 / (9.0 * count)) - (1.96 / (3 * Math.Sqrt(count))), 3), high);
    }
}

/// <summary>How many events of a class were found, and how soon.</summary>
/// <param name="Class">Class of truth.</param>
/// <param name="Events">Events.</param>
/// <param name="Recall">Share found.</param>
/// <param name="Delay">Minutes from onset to publication, event time.</param>
public sealed record ClassScore(TroubleKind Class, int Events, double Recall, Delay Delay)
{
    internal static ClassScore Of(IGrouping<TroubleKind, TruthMatching.Found> group) => new(
        group.Key, group.Count(), group.Count(found => found.IsHit) / (double)group.Count(), Delay.Of(group.Where(found => found.IsHit).Select(found => found.DelayMinutes)));
}

/// <summary>How many major events in countries of one size were found.</summary>
/// <param name="Size">0 tiny to 4 huge; −1 unknown.</param>
/// <param name="Events">Major events.</param>
/// <param name="Recall">Share found.</param>
public sealed record SizeScore(int Size, int Events, double Recall)
{
    internal static SizeScore Of(IGrouping<int, TruthMatching.Found> group) => new(group.Key, group.Count(), group.Count(found => found.IsHit) / (double)group.Count());
}
