namespace Pharos.Outages;

/// <summary>What one signal showed in the bin that the report rests on: one row of the evidence table.</summary>
/// <param name="Bin">Which bin.</param>
/// <param name="Found">What the signal contributed to the assessment.</param>
public sealed record SignalEvidence(Bin Bin, SignalAssessment Found)
{
    /// <summary>Which signal.</summary>
    public Signal Signal => Found.Signal;

    /// <summary>Who saw it.</summary>
    public Witness Witness { get; } = new(Found.Signal.Name, Found.Reading.Coverage);

    /// <summary>Value in the signal's unit; null where there is none.</summary>
    public double? Value => Found.Reading.TryValue(out var value) ? value : null;

    /// <summary>Value as percent of the baseline; null where either is missing.</summary>
    public double? Percent => new HistoryPoint(Bin, Value, Found.Expected, Found.Spread).Percent;

    /// <summary>In a word, for readers who do not see the colours of a chart.</summary>
    public string Status => Value is null ? "no data"
        : Found.Expected is null ? "warming up"
        : Found.Loss >= .9 ? "gone"
        : Found.Loss >= .1 ? "low"
        : "as usual";

    /// <summary>The signals that judged: those with weight, else those with a value, else all that are known for the country.</summary>
    public static IReadOnlyList<Witness> WitnessesOf(IReadOnlyList<SignalEvidence> signals)
    {
        var judging = signals.Where(signal => signal is { Value: not null, Found.Weight: > 0 }).ToList();
        if (judging.Count == 0)
            judging = [.. signals.Where(signal => signal.Value is not null)];
        if (judging.Count == 0)
            judging = [.. signals];
        return [.. judging.Select(signal => signal.Witness)];
    }
}
