using System.Diagnostics;

namespace Pharos.Outages;

/// <summary>
/// Everything the detector remembers of one country after a bin: baselines, spreads, evidence, dips. About 3 kB per signal.
/// It changes only through <see cref="Detector.Fold"/>; take a <see cref="Copy"/> or a <see cref="Checkpoint"/> to keep a moment.
/// </summary>
public sealed class CountryState
{
    internal readonly SignalState[] Series;
    internal readonly Method Method;
    internal readonly Dips Dips = new();
    internal Fusion Fused;
    internal int Hour = int.MinValue;

    /// <summary>A country of which nothing is known yet.</summary>
    /// <param name="country">Which country.</param>
    /// <param name="signals">The signals it is judged by, in the order of judgement.</param>
    /// <param name="method">The constants.</param>
    public CountryState(Country country, IReadOnlyList<Signal> signals, Method method)
    {
        ArgumentNullException.ThrowIfNull(signals);
        ArgumentNullException.ThrowIfNull(method);
        Country = country;
        Signals = signals;
        Method = method;
        Series = [.. signals.Select(signal => new SignalState(signal, method.Of(signal)))];
    }

    /// <summary>Which country.</summary>
    public Country Country { get; }

    /// <summary>The signals it is judged by, in the order of judgement.</summary>
    public IReadOnlyList<Signal> Signals { get; }

    /// <summary>The last bin folded; null before the first.</summary>
    public Bin? Last { get; internal set; }

    /// <summary>Whether enough of the country was seen in the last bin to judge it.</summary>
    public bool IsSeen => Dips.UnknownFor == 0;

    /// <summary>The state of the country in the last bin folded; unknown before the first.</summary>
    public State State { get; internal set; }

    /// <summary>A state that goes its own way from here.</summary>
    public CountryState Copy() => Checkpoint.Read(Checkpoint.Write(this), Signals, Method);

    /// <summary>The judgement of the last bin folded, with what each signal said.</summary>
    /// <exception cref="UnreachableException">Nothing has been folded yet.</exception>
    public Assessment Assessment()
    {
        var bin = Last ?? throw new UnreachableException("A state without a bin has no assessment.");
        var found = new List<SignalAssessment>(Series.Length);
        foreach (var signal in Series)
        {
            if (signal.LastBin == int.MinValue && double.IsNaN(signal.Value) && !signal.Reading.TryValue(out _))
                continue;
            double? expected = signal.Expected > 0 ? SignalState.Round(signal.Expected) : null;
            found.Add(new SignalAssessment(
                signal.Signal, signal.Reading, expected, expected is null ? 0 : SignalState.Round(signal.Sigma), signal.Loss, signal.Evidence, SignalState.Round(signal.Weight)));
        }
        return new Assessment(
            Country, bin, State, CurrentNow(), SignalState.Round(100 * (1 - Fused.Loss)), Fused.Confidence, Fused.Coverage, Fused.Evidence,
            Dips.Episode is { IsClosed: false } ? Dips.Worsening : Worsening.None, CurrentFlags(), found)
        {
            Planes = Fused.Planes,
        };
    }

    /// <summary>The events known to the state: those that ended in this run, then the current one.</summary>
    public IReadOnlyList<FoundEvent> Events()
    {
        var episodes = Dips.Episode is { } current ? Dips.Done.Append(current) : Dips.Done;
        return [.. episodes.Select(Found)];
    }

    private FoundEvent Found(Episode episode)
    {
        var isCurrent = episode == Dips.Episode;
        DipState? open = isCurrent && Dips.InDip ? Dips.Dip : null;
        var dips = episode.Dips.Select(dip => new Dip(new Bin(dip.Onset), new Bin(dip.End), dip.Peak)).ToList();
        if (open is { } lasting)
            dips.Add(new Dip(new Bin(lasting.Onset), null, lasting.Peak));
        var now = Last!.Value;
        Bin? end = episode.IsClosed ? dips[^1].End : null;
        Bin? closed = episode.IsClosed ? new Bin(episode.ClosedAt) : null;
        return new FoundEvent(
            new Bin(episode.Onset), new Bin(episode.Found), end, closed, isCurrent ? State : State.Stable, isCurrent ? CurrentNow() : Now.Up,
            episode.Class(open, now.Number, Method), episode.Peak, SignalState.Round(episode.AreaHours), episode.Confidence, episode.Coverage,
            episode.WorseningSince >= 0 ? new Bin(episode.WorseningSince) : null, dips);
    }

    private Now CurrentNow() =>
        Dips.UnknownFor > 0 ? Now.Unknown
        : Fused.Loss >= Method.LossTotal && IsEvident ? Now.Down
        : Dips.InDip || (Fused.Loss >= Method.LossOn && IsEvident) ? Now.Impaired
        : Now.Up;

    /// <summary>A dip needs two samples to open; the bin by itself is believed on half of that evidence.</summary>
    private bool IsEvident => Dips.InDip || Fused.Evidence >= Method.EvidenceToOpen / 2;

    private Flags CurrentFlags() =>
        (Dips.GoneFor >= 2 ? Flags.LeftGlobalInternet : 0)
        | (Fused.PathLoss >= 0.9 && Fused.ControlWeight > 0.3 && Fused.ControlLoss < 0.3 ? Flags.DarkWithRoutesUp : 0)
        | (Fused.Disagree ? Flags.PlanesDisagree : 0);
}
