namespace Pharos.Standalone;

/// <summary>
/// When an event could have been told in wall time: each signal's readings come late by its settle lag, and every five minutes the country is
/// folded again from a checkpoint with what has come so far, as production does.
/// </summary>
internal sealed class WallClock(Series series, Lockstep run)
{
    /// <summary>How far before the onset the fold starts, and how long after the event-time detection it gives up, bins (6 h, 6 h).</summary>
    public const int Behind = 72, Patience = 72;

    /// <summary>Minutes from onset until told; null when not told within six hours of the detection in event time.</summary>
    public double? Delay(int country, TruthMatching.Found found)
    {
        var onset = found.Truth.Start - series.First;
        if (!run.Kept.TryGetValue((country, onset - Behind), out var checkpoint))
            return null;
        var last = Math.Min(series.Bins - 1, found.By[0].Published - series.First + Patience);
        for (var wall = onset; wall <= last; wall++)
            if (IsTold(checkpoint.Copy(), country, onset, wall, found.Truth))
                return (wall - onset) * Bin.Length.TotalMinutes;
        return null;
    }

    private bool IsTold(CountryState state, int country, int onset, int wall, TruthEvent truth)
    {
        Span<Reading> readings = new Reading[series.Signals.Count];
        for (var at = onset - Behind + 1; at <= wall; at++)
        {
            for (var signal = 0; signal < readings.Length; signal++)
                readings[signal] = at + (int)(series.Signals[signal].SettleLag / Bin.Length) <= wall ? series.At(country, signal, at) : default;
            Detector.Fold(state, series.First + at, readings, run.Verdicts[at]);
        }
        return state.Events().Any(told => told.Detected >= truth.Start - 1 && told.Start <= truth.End + TruthMatching.Tolerance);
    }
}
