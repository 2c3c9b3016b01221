namespace Pharos.Standalone;

/// <summary>What one detector said of one or more worlds or datasets, before it is summed up: measurements can be pooled, score cards cannot.</summary>
/// <param name="Detector">Its name.</param>
/// <param name="Matching">What happened and what it said.</param>
/// <param name="CountryYears">Country-years judged.</param>
/// <param name="States">States bin by bin; null where not measured.</param>
/// <param name="WallDelays">Minutes to publication in wall time; empty where not measured.</param>
public sealed record Measured(string Detector, TruthMatching Matching, double CountryYears, StateConfusion? States, IReadOnlyList<double> WallDelays)
{
    /// <summary>The score card.</summary>
    public ScoreCard Card() => ScoreCard.Of(Detector, Matching, CountryYears) with
    {
        States = States,
        WallDelay = WallDelays.Count == 0 ? null : Delay.Of(WallDelays),
    };

    /// <summary>Several measurements of one detector as one.</summary>
    public static Measured Together(IReadOnlyList<Measured> parts)
    {
        var states = parts.Select(part => part.States).OfType<StateConfusion>().ToList();
        return new(
            parts[0].Detector, TruthMatching.Together([.. parts.Select(part => part.Matching)]), parts.Sum(part => part.CountryYears),
            states.Count == 0 ? null : StateConfusion.Together(states), [.. parts.SelectMany(part => part.WallDelays)]);
    }
}
