namespace Pharos.Outages;

/// <summary>What one signal showed in the bin that the report rests on: one row of the evidence table.</summary>
/// <param name="Bin">Which bin.</param>
/// <param name="Found">What the signal contributed to the assessment.</param>
public sealed record SignalEvidence(Bin Bin, SignalAssessment Found)
{
    /// <summary>Longest age of a value that is shown where the judged bin has none yet, bins (3 h, the slowest source's lag).</summary>
    private const int Oldest = 36;

    /// <summary>Whether the value is of an earlier bin than the one judged: the source lags, and what it said last still stands.</summary>
    public bool IsEarlier { get; private init; }

    /// <summary>What a signal showed in the judged bin, or what it said last where the bin has no value yet.</summary>
    public static SignalEvidence Of(Bin bin, SignalAssessment found, IReadOnlyList<SignalHistory> history)
    {
        ArgumentNullException.ThrowIfNull(found);
        ArgumentNullException.ThrowIfNull(history);
        if (found.Reading.TryValue(out _) || history.FirstOrDefault(one => one.Signal == found.Signal) is not { } past)
            return new SignalEvidence(bin, found);
        foreach (var point in past.Points.Reverse())
        {
            if (point.Bin < bin - Oldest)
                break;
            if (point.Value is { } value && point.Bin <= bin)
                return new SignalEvidence(point.Bin, found with { Reading = Reading.Of(value), Expected = point.Expected, Spread = point.Spread }) { IsEarlier = true };
        }
        return new SignalEvidence(bin, found);
    }

    /// <summary>Which signal.</summary>
    public Signal Signal => Found.Signal;

    /// <summary>Who saw it.</summary>
    public Witness Witness { get; } = new(Found.Signal.Name, Found.Reading.Coverage);

    /// <summary>Value in the signal's unit; null where there is none.</summary>
    public double? Value => Found.Reading.TryValue(out var value) ? value : null;

    /// <summary>Value as percent of the baseline; null where either is missing.</summary>
    public double? Percent => new HistoryPoint(Bin, Value, Found.Expected, Found.Spread).Percent;

    /// <summary>In a word, for readers who do not see the colours of a chart.</summary>
    public string Status => IsEarlier ? $"{Word} at {Bin.Start.UtcDateTime.ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture)} UTC" : Word;

    private string Word => Value is null ? "no data"
        : Found.Expected is null ? "no baseline"
        : Found.Loss >= .9 ? "gone"
        : Found.Loss >= .1 ? "low"
        : Percent < 90 ? "within its noise"
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
