namespace Pharos.Outages;

/// <summary>What kind of trouble an event is.</summary>
public enum EventClass
{
    /// <summary>One or two short dips.</summary>
    Blip,

    /// <summary>Many short dips without a trend.</summary>
    Unstable,

    /// <summary>Dips that grew into something bigger, with the trend established.</summary>
    Worsening,

    /// <summary>Down within an hour.</summary>
    Sudden,

    /// <summary>Down over more than an hour.</summary>
    Gradual,
}

/// <summary>One excursion below normal. The end is open until an end is observed.</summary>
/// <param name="Start">First bin of the excursion.</param>
/// <param name="End">First bin after it; null while it lasts.</param>
/// <param name="Peak">Largest loss, 0 to 1.</param>
public sealed record Dip(Bin Start, Bin? End, double Peak);

/// <summary>What the detector finds in the readings: a cluster of dips, before it is reconciled with what was told.</summary>
/// <param name="Start">First bin of the first dip, back-dated to the first evidence.</param>
/// <param name="Detected">Bin in which the criteria were first met.</param>
/// <param name="End">First bin after the last dip once the event is closed; null while open.</param>
/// <param name="Closed">Bin in which the closing rule was met; null while open.</param>
/// <param name="State">State of the country in the last judged bin of the event.</param>
/// <param name="Now">The country in the last judged bin.</param>
/// <param name="Class">Class by the method's rules, so far.</param>
/// <param name="Depth">Largest loss, 0 to 1.</param>
/// <param name="AreaHours">Integral of the loss, hours of full loss.</param>
/// <param name="Confidence">Largest confidence so far, 0 to 1.</param>
/// <param name="Coverage">Smallest coverage so far, 0 to 1.</param>
/// <param name="WorseningSince">Bin in which the worsening test was first passed; null if never.</param>
/// <param name="Dips">The dips in order; at most 64 are kept, the oldest short ones are dropped first.</param>
public sealed record FoundEvent(
    Bin Start, Bin Detected, Bin? End, Bin? Closed, State State, Now Now, EventClass Class, double Depth, double AreaHours,
    double Confidence, double Coverage, Bin? WorseningSince, IReadOnlyList<Dip> Dips);

/// <summary>What a revision says happened to the event.</summary>
public enum Change
{
    /// <summary>First told.</summary>
    Opened,

    /// <summary>Something material changed.</summary>
    Revised,

    /// <summary>It got worse: the state, the depth or the trend.</summary>
    Worsened,

    /// <summary>A relapse within twelve hours joined it.</summary>
    Reopened,

    /// <summary>The end was observed.</summary>
    Ended,

    /// <summary>Late data showed that it did not happen.</summary>
    Retracted,
}

/// <summary>The five clocks of an event. The first two are event time, the others the time we acted.</summary>
/// <param name="FirstEvidence">Start of the first bin with evidence.</param>
/// <param name="Detected">End of the bin in which the criteria were met.</param>
/// <param name="Raised">When the first revision was written.</param>
/// <param name="Lowered">End of the last dip, once seen.</param>
/// <param name="Closed">When the ending revision was written; null while open.</param>
public sealed record Clocks(DateTimeOffset FirstEvidence, DateTimeOffset Detected, DateTimeOffset Raised, DateTimeOffset? Lowered, DateTimeOffset? Closed);

/// <summary>How bad, in two scales that are shown together (METHOD.md, "Severity").</summary>
/// <param name="Value">min(10, log10(1 + person-hours)), 0 to 10.</param>
/// <param name="National">100 A / (A + 6) with A the hours of full loss, 0 to 100.</param>
/// <param name="PersonHours">Hours of full loss × population; an upper bound of the people affected.</param>
public sealed record Severity(double Value, double National, double PersonHours);

/// <summary>One numbered statement about one event: the unit of the append-only log that reports, letters and partners read.</summary>
/// <param name="Event">The event's id, for ever: 16 lower-case hexadecimal digits.</param>
/// <param name="Number">1, 2, 3 … within the event.</param>
/// <param name="Change">What this revision says happened.</param>
/// <param name="Country">Which country.</param>
/// <param name="Found">The event as found when the revision was written.</param>
/// <param name="Severity">How bad so far.</param>
/// <param name="Clocks">The five clocks.</param>
/// <param name="Reason">What changed since the revision before, in words.</param>
/// <param name="Method">Version of the method that judged.</param>
public sealed record Revision(
    string Event, int Number, Change Change, Country Country, FoundEvent Found, Severity Severity, Clocks Clocks, string Reason, string Method)
{
    /// <summary>When this revision was written.</summary>
    public DateTimeOffset Told { get; init; }

    /// <summary>Id of the revision, <c>event-rN</c>.</summary>
    public string Id => $"{Event}-r{Number}";
}
