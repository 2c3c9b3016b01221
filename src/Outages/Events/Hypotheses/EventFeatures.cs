using System.Globalization;

namespace Pharos.Outages;

/// <summary>How a country came back.</summary>
public enum ReturnShape
{
    /// <summary>Within half an hour.</summary>
    Step,

    /// <summary>With a halt on the way.</summary>
    Staged,

    /// <summary>Little by little.</summary>
    Linear,
}

/// <summary>What is known from elsewhere; null = not known.</summary>
/// <param name="ProbesKeptRunning">Whether probes inside kept running through the loss, by their uptime after it.</param>
/// <param name="CommonUpstream">Whether what was lost shares one upstream network.</param>
/// <param name="UpstreamIllElsewhere">Whether that network is ill elsewhere too.</param>
/// <param name="NeighboursHit">Whether neighbours on the same cable were hit in the same hour.</param>
/// <param name="SeveralCables">Whether the country has several cables.</param>
/// <param name="RoundTripRose">Whether delay or packet loss rose before the loss.</param>
public sealed record OutsideKnowledge(
    bool? ProbesKeptRunning = null, bool? CommonUpstream = null, bool? UpstreamIllElsewhere = null, bool? NeighboursHit = null, bool? SeveralCables = null, bool? RoundTripRose = null)
{
    /// <summary>Nothing.</summary>
    public static readonly OutsideKnowledge None = new();
}

/// <summary>What hypotheses are weighed by: features of the main loss of an event. Null = not known; false = known not to be so.</summary>
public sealed record EventFeatures
{
    /// <summary>Start of the main loss, local time.</summary>
    public required DateTimeOffset LocalStart { get; init; }

    /// <summary>From the start of the main loss to its end, or to now.</summary>
    public required TimeSpan Lasted { get; init; }

    /// <summary>Whether its end was observed.</summary>
    public required bool IsOver { get; init; }

    /// <summary>Largest loss, 0 to 1.</summary>
    public required double Depth { get; init; }

    /// <summary>Dips of the event before the main loss.</summary>
    public required int DipsBefore { get; init; }

    /// <summary>Whether they came faster, lasted longer or reached deeper.</summary>
    public required bool GrewBefore { get; init; }

    /// <summary>Whether a comparable loss of the last seven days began at the same clock time.</summary>
    public required bool Recurred { get; init; }

    /// <summary>Time from a fifth to four fifths of the largest loss; null where the readings around the onset are not at hand.</summary>
    public TimeSpan? Fall { get; init; }

    /// <summary>How it came back; null while it lasts, or where the readings are not at hand.</summary>
    public ReturnShape? Return { get; init; }

    /// <summary>Whether every plane that sees the country was hit; null where fewer than two see it.</summary>
    public bool? AllPlanesHit { get; init; }

    /// <summary>Whether paths or users were hit while most routes stayed; null where either is not seen.</summary>
    public bool? RoutesStayed { get; init; }

    /// <summary>Whether routes were lost more than ten minutes before paths and users; null where either is not seen.</summary>
    public bool? RoutesFirst { get; init; }

    /// <summary>Whether all routes were withdrawn; null where routes are not seen.</summary>
    public bool? AllRoutesGone { get; init; }

    /// <summary>Whether traffic is gone while routes are present; null where either is not seen.</summary>
    public bool? DarkWithRoutesUp { get; init; }

    /// <summary>Whether ASNs left over more than one bin and within half an hour; null where ASNs are not seen or too few.</summary>
    public bool? NetworksStaggered { get; init; }

    /// <summary>Whether some ASNs vanished in one bin while others stayed; null where ASNs are not seen or too few.</summary>
    public bool? WholeNetworks { get; init; }

    /// <summary>What is known from elsewhere.</summary>
    public OutsideKnowledge Outside { get; init; } = OutsideKnowledge.None;

    /// <summary>Whether three drops or more preceded the main loss.</summary>
    public bool UnstableBefore => DipsBefore >= 3;

    /// <summary>Whether routes flapped and returned; null where routes are not seen.</summary>
    public bool? RoutesFlapped => AllRoutesGone is null ? null : UnstableBefore && RoutesStayed is not true;

    /// <summary>Whether it began within five minutes of a full hour, local time.</summary>
    public bool OnTheHour => Near(LocalStart, 0);

    /// <summary>Whether it began within five minutes of half past, local time.</summary>
    public bool OnTheHalfHour => Near(LocalStart, 30);

    /// <summary>Whether it ended as a step within five minutes of a full hour, local time; null while it lasts or where its shape is not known.</summary>
    public bool? EndedOnTheHour => !IsOver || Return is not { } shape ? null : shape == ReturnShape.Step && Near(LocalStart + Lasted, 0);

    /// <summary>Hour of the start, local time.</summary>
    public int LocalHour => LocalStart.Hour;

    /// <summary>As <c>01:15 local time</c>.</summary>
    public string LocalClock => LocalStart.ToString("HH:mm 'local time'", CultureInfo.InvariantCulture);

    internal bool? ProbesKeptRunning => Outside.ProbesKeptRunning;

    internal bool? CommonUpstream => Outside.CommonUpstream;

    internal bool? UpstreamIllElsewhere => Outside.UpstreamIllElsewhere;

    internal bool? NeighboursHit => Outside.NeighboursHit;

    internal bool? SeveralCables => Outside.SeveralCables;

    internal bool? RoundTripRose => Outside.RoundTripRose;

    private static bool Near(DateTimeOffset moment, int minute)
    {
        var away = Math.Abs(moment.Minute - minute);
        return Math.Min(away, 60 - away) <= 5;
    }
}
