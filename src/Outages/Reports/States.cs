namespace Pharos.Outages;

/// <summary>The words for states, classes and changes, the same wherever a reader meets them.</summary>
public static class States
{
    /// <summary>A state in a word or two.</summary>
    public static string Word(State state) => state switch
    {
        State.Unknown => "unknown",
        State.Stable => "stable",
        State.Blip => "blip",
        State.Unstable => "unstable",
        State.Worsening => "getting worse",
        State.Outage => "outage",
        State.Recovering => "recovering",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };

    /// <summary>The present, in a word.</summary>
    public static string Word(Now now) => now switch
    {
        Now.Unknown => "unknown",
        Now.Up => "up",
        Now.Impaired => "impaired",
        Now.Down => "down",
        _ => throw new ArgumentOutOfRangeException(nameof(now), now, null),
    };

    /// <summary>The kind of trouble in a few words.</summary>
    public static string Word(EventClass kind) => kind switch
    {
        EventClass.Blip => "blip",
        EventClass.Unstable => "unstable",
        EventClass.Worsening => "getting worse",
        EventClass.Sudden => "sudden",
        EventClass.Gradual => "gradual",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    /// <summary>What a revision says happened.</summary>
    public static string Word(Change change) => change switch
    {
        Change.Opened => "opened",
        Change.Revised => "revised",
        Change.Worsened => "worsened",
        Change.Reopened => "reopened",
        Change.Ended => "ended",
        Change.Retracted => "retracted",
        _ => throw new ArgumentOutOfRangeException(nameof(change), change, null),
    };

    /// <summary>Where somebody stands.</summary>
    public static string Word(Stance stance) => stance switch
    {
        Stance.Confirms => "confirms it",
        Stance.Denies => "denies it",
        Stance.DeclinesToComment => "declined to comment",
        Stance.NamesACause => "names a cause",
        _ => throw new ArgumentOutOfRangeException(nameof(stance), stance, null),
    };

    /// <summary>Why there is no value.</summary>
    public static string Word(Gap gap) => gap switch
    {
        Gap.NotCollected => "not collected",
        Gap.SourceUnreachable => "the source did not answer",
        Gap.NotAvailable => "the source has no figure",
        Gap.NoVantagePoints => "no vantage point",
        Gap.Withdrawn => "withdrawn, the source looks ill",
        Gap.Rejected => "the record could not be read",
        _ => throw new ArgumentOutOfRangeException(nameof(gap), gap, null),
    };
}
