namespace Pharos.Outages;

/// <summary>The country of a report as its readers know it.</summary>
/// <param name="Country">Which country.</param>
/// <param name="Name">Its English name.</param>
/// <param name="TimeZone">IANA id of the time zone that its local times are told in, for example <c>Asia/Pyongyang</c>.</param>
/// <param name="TimeZones">How many time zones it has, one or more; with several the text says which one it uses.</param>
/// <param name="Population">People living there; null where not known.</param>
public sealed record Place(Country Country, string Name, string TimeZone, int TimeZones, long? Population)
{
    /// <summary>The country as the table of the world knows it; local time is the capital's.</summary>
    public static Place Of(Country country) =>
        new(country, country.Name, country.Facts.TimeZones[0], country.Facts.TimeZones.Count, country.Facts.Population > 0 ? country.Facts.Population : null);
}

/// <summary>How stable the country is otherwise.</summary>
/// <param name="Availability30">Share of full service over the last 30 days, 0 to 1; null with too short a record.</param>
/// <param name="Availability365">Share of full service over the last 365 days, 0 to 1; null with too short a record.</param>
/// <param name="Dips30">Dips in the last 30 days, those of this event included.</param>
/// <param name="DaysOfRecord">Whole days for which Pharos has readings of the country.</param>
public sealed record Stability(double? Availability30, double? Availability365, int Dips30, int DaysOfRecord)
{
    /// <summary>Days of record below which nothing is said about what is usual, 30.</summary>
    public const int ShortestRecord = 30;
}

/// <summary>Where somebody stands who spoke about an event.</summary>
public enum Stance
{
    /// <summary>Says that it happened.</summary>
    Confirms,

    /// <summary>Says that it did not happen.</summary>
    Denies,

    /// <summary>Was asked and said nothing.</summary>
    DeclinesToComment,

    /// <summary>Names a cause; the cause stays unattributed, the words are quoted.</summary>
    NamesACause,
}

/// <summary>What somebody said in public about an event. It is quoted with its author and never turned into a finding.</summary>
/// <param name="Who">Who said it.</param>
/// <param name="When">When.</param>
/// <param name="Where">Where it was published.</param>
/// <param name="Stance">Where the author stands.</param>
/// <param name="Words">The words; empty where somebody declined.</param>
public sealed record Statement(string Who, DateTimeOffset When, string Where, Stance Stance, string Words);

/// <summary>One bin of a signal's history.</summary>
/// <param name="Bin">Which bin.</param>
/// <param name="Value">Value in the signal's unit; null where there is none. Missing is not zero.</param>
/// <param name="Expected">Baseline in the signal's unit; null while warming up.</param>
/// <param name="Spread">Sigma of the relative deviation in calm times; 1 = 100 %.</param>
public readonly record struct HistoryPoint(Bin Bin, double? Value, double? Expected, double Spread)
{
    /// <summary>Value as percent of the baseline; null where either is missing or the baseline is zero.</summary>
    public double? Percent => Value is { } value && Expected is > 0 ? 100 * value / Expected : null;
}

/// <summary>The last 72 hours of one signal, in the order of the bins.</summary>
/// <param name="Signal">Which signal.</param>
/// <param name="Points">Its bins; a bin that is not in the list has no value.</param>
public sealed record SignalHistory(Signal Signal, IReadOnlyList<HistoryPoint> Points);

/// <summary>What a report needs besides the event's revisions.</summary>
/// <param name="Place">The country.</param>
/// <param name="Assessment">The assessment of the last judged bin that the revision rests on.</param>
/// <param name="History">The last 72 hours per signal.</param>
/// <param name="Stability">How stable the country is otherwise.</param>
/// <param name="Statements">What others said; usually nothing.</param>
public sealed record Background(
    Place Place, Assessment Assessment, IReadOnlyList<SignalHistory> History, Stability Stability, IReadOnlyList<Statement> Statements)
{
    /// <summary>The country's record; null with too short a history.</summary>
    public StabilityRecord? Record { get; init; }

    /// <summary>What the event looks like; empty where nothing is weighed, as for a blip.</summary>
    public IReadOnlyList<Hypothesis> Hypotheses { get; init; } = [];
}

/// <summary>Everything a report of one revision of one event says, as data. The cause is always unattributed.</summary>
public sealed record ReportFacts
{
    /// <summary>The cause of every event in our own words: nobody's.</summary>
    public const string Cause = "unattributed";

    /// <summary>Hours of history that a report shows, 72.</summary>
    public const int HistoryHours = 72;

    /// <summary>Puts the facts together.</summary>
    /// <exception cref="ArgumentException">Revisions or assessment belong to another event or country.</exception>
    public ReportFacts(Revision revision, IReadOnlyList<Revision> earlier, Background background)
    {
        if (earlier.Any(other => other.Event != revision.Event || other.Number >= revision.Number))
            throw new ArgumentException($"The earlier revisions of {revision.Id} are of the same event and have smaller numbers.", nameof(earlier));
        if (background.Assessment.Country != revision.Country || background.Place.Country != revision.Country)
            throw new ArgumentException($"The background of {revision.Id} is about another country than {revision.Country}.", nameof(background));
        Revision = revision;
        Earlier = [.. earlier.OrderBy(other => other.Number)];
        Background = background;
        Signals = [.. background.Assessment.Signals.Select(signal => SignalEvidence.Of(background.Assessment.Bin, signal, background.History))];
        Witnesses = SignalEvidence.WitnessesOf(Signals);
    }

    /// <summary>The revision that is reported.</summary>
    public Revision Revision { get; }

    /// <summary>The event's revisions before it, in order.</summary>
    public IReadOnlyList<Revision> Earlier { get; }

    /// <summary>Everything else.</summary>
    public Background Background { get; }

    /// <summary>What each signal showed, in the order of judgement.</summary>
    public IReadOnlyList<SignalEvidence> Signals { get; }

    /// <summary>The signals that the judgement rests on.</summary>
    public IReadOnlyList<Witness> Witnesses { get; }

    /// <summary>The country.</summary>
    public Place Place => Background.Place;

    /// <summary>The event as found.</summary>
    public FoundEvent Found => Revision.Found;

    /// <summary>The assessment that the revision rests on.</summary>
    public Assessment Assessment => Background.Assessment;

    /// <summary>End of the last judged bin: "now" in the report, whoever reads it whenever.</summary>
    public DateTimeOffset AsOf => Assessment.Bin.End;

    /// <summary>From the first evidence to the end, or to <see cref="AsOf"/> while it lasts.</summary>
    public TimeSpan Length => (Found.End?.Start ?? Max(AsOf, Found.Start.End)) - Found.Start.Start;

    /// <summary>Time inside dips, the gaps between them left out.</summary>
    public TimeSpan TimeInDips => Found.Dips.Aggregate(
        TimeSpan.Zero, (sum, dip) => sum + ((dip.End?.Start ?? Found.End?.Start ?? Max(AsOf, dip.Start.End)) - dip.Start.Start));

    private static DateTimeOffset Max(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
