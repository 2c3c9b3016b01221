namespace Pharos.Outages;

/// <summary>The judgement of one country: a fold of readings over a state, bin by bin. No clock, no log, no waiting.</summary>
public static class Detector
{
    /// <summary>
    /// Takes the readings of the next bin. The state is changed in place and nothing is allocated;
    /// <see cref="CountryState.Assessment"/> tells what was found.
    /// </summary>
    /// <param name="state">The state after the bin before, or a new one.</param>
    /// <param name="bin">The bin, one after the last one folded.</param>
    /// <param name="readings">One reading per signal of the state, in its order; a gap where nothing came.</param>
    /// <param name="verdicts">The guard's verdict per signal, in the same order.</param>
    /// <exception cref="ArgumentException">A bin was skipped, or the readings do not match the signals.</exception>
    public static void Fold(CountryState state, Bin bin, ReadOnlySpan<Reading> readings, ReadOnlySpan<GuardVerdict> verdicts)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (state.Last is { } last && bin - last != 1)
            throw new ArgumentException($"{state.Country}: {bin} does not follow {last}; fold every bin, gaps included.", nameof(bin));
        if (readings.Length != state.Series.Length || verdicts.Length != state.Series.Length)
            throw new ArgumentException($"{state.Country}: {readings.Length} readings and {verdicts.Length} verdicts for {state.Series.Length} signals.", nameof(readings));

        var method = state.Method;
        if (state.Hour == int.MinValue)
            Enter(state, bin.Hour);
        for (var i = 0; i < state.Series.Length; i++)
            state.Series[i].Take(bin, readings[i], verdicts[i], method);
        foreach (var signal in state.Series)
            signal.Weigh(bin, method);
        state.Fused = Fusion.Of(state.Series, method);
        var shaken = state.Fused.Loss >= method.LossOff && state.Fused.Evidence >= method.EvidenceToOpen / 2;
        foreach (var signal in state.Series)
        {
            signal.Dirty = signal.Evidence >= 2 || (shaken && (signal.Loss > 0 || !(signal.Expected > 0)));
            signal.HourDirty |= signal.Dirty;
        }
        state.State = state.Dips.Step(bin.Number, state.Fused, method);
        state.Last = bin;
        if ((bin + 1).Hour != bin.Hour)
        {
            foreach (var signal in state.Series)
                LevelShift.CloseHour(signal, state.Hour, state.Fused);
            Enter(state, bin.Hour + 1);
        }
    }

    /// <summary>Folds a run of bins and returns an assessment of each. Readings and verdicts are indexed by bin, then by signal.</summary>
    public static IReadOnlyList<Assessment> Assess(CountryState state, Bin from, IReadOnlyList<Reading[]> readings, IReadOnlyList<GuardVerdict[]> verdicts)
    {
        ArgumentNullException.ThrowIfNull(readings);
        ArgumentNullException.ThrowIfNull(verdicts);
        var found = new List<Assessment>(readings.Count);
        for (var i = 0; i < readings.Count; i++)
        {
            Fold(state, from + i, readings[i], verdicts[i]);
            found.Add(state.Assessment());
        }
        return found;
    }

    private static void Enter(CountryState state, int hour)
    {
        state.Hour = hour;
        foreach (var signal in state.Series)
            signal.Baseline.Enter(hour, signal.Method);
    }
}
