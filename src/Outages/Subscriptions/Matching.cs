namespace Pharos.Outages;

/// <summary>Why a subscriber gets a letter about a revision, or gets none.</summary>
public enum LetterReason
{
    /// <summary>Sent: the first the subscriber hears of the event.</summary>
    FirstNews,

    /// <summary>Sent: it got worse since the last letter.</summary>
    Worsened,

    /// <summary>Sent: the end was observed.</summary>
    Ended,

    /// <summary>Sent: it failed again after an end that was told.</summary>
    Reopened,

    /// <summary>Sent: what was told did not happen.</summary>
    Retracted,

    /// <summary>Not sent: smaller or less sure than the subscriber asked for.</summary>
    BelowThreshold,

    /// <summary>Not sent: a blip is counted and waits for the digest (S4).</summary>
    Blip,

    /// <summary>Not sent: nothing changed that matters to a reader (S13).</summary>
    NotMaterial,

    /// <summary>Not sent: the evidence was older than a day when it was first told, as in a back-fill.</summary>
    TooOld,

    /// <summary>Not sent: the subscriber asked for other countries.</summary>
    OtherCountry,

    /// <summary>Not sent: the subscriber has heard this revision or a later one.</summary>
    AlreadyTold,

    /// <summary>Not sent: an end or a retraction of something the subscriber never heard of.</summary>
    NeverTold,

    /// <summary>Not sent: the day's letters about this event are used up.</summary>
    TooMany,
}

/// <summary>A letter a subscriber got, or is about to get, about an event.</summary>
/// <param name="Revision">Number of the revision it told.</param>
/// <param name="Reason">Why it was written.</param>
/// <param name="At">When it was written.</param>
public sealed record ToldLetter(int Revision, LetterReason Reason, DateTimeOffset At);

/// <summary>Who hears what, with the reason either way.</summary>
public static class Matching
{
    /// <summary>Age of the evidence from which first news is no news, 24 hours.</summary>
    public static readonly TimeSpan OldestNews = TimeSpan.FromHours(24);

    /// <summary>Most letters that news of one event may cost a subscriber in 24 hours; its end and its retraction come on top.</summary>
    public const int MostPerDay = 5;

    /// <summary>Decides about one subscriber and one revision.</summary>
    /// <param name="subscription">The subscriber.</param>
    /// <param name="revision">The revision to tell.</param>
    /// <param name="previous">The event's revisions before it.</param>
    /// <param name="told">The letters this subscriber got about this event.</param>
    /// <param name="now">When the decision is made.</param>
    public static (bool Send, LetterReason Reason) Decide(
        Subscription subscription, Revision revision, IReadOnlyList<Revision> previous, IReadOnlyList<ToldLetter> told, DateTimeOffset now)
    {
        if (!subscription.Covers(revision.Country))
            return No(LetterReason.OtherCountry);
        if (told.Any(letter => letter.Revision >= revision.Number))
            return No(LetterReason.AlreadyTold);
        var last = told.MaxBy(letter => letter.Revision)?.Reason;
        if (revision.Change is Change.Retracted or Change.Ended)
            return Closing(revision.Change == Change.Retracted ? LetterReason.Retracted : LetterReason.Ended, last);
        if (revision.Found.State is not (State.Unstable or State.Worsening or State.Outage))
            return No(revision.Found.State == State.Blip || revision.Found.Class == EventClass.Blip ? LetterReason.Blip : LetterReason.NotMaterial);
        return last is null ? First(subscription, revision, previous, now) : Again(revision, previous, told, last.Value, now);
    }

    private static (bool Send, LetterReason Reason) Closing(LetterReason closing, LetterReason? last) =>
        last is null ? No(LetterReason.NeverTold)
        : last == closing || last == LetterReason.Retracted ? No(LetterReason.AlreadyTold)
        : Yes(closing);

    /// <summary>Evidence grows old between detection and the first revision (a back-fill), or between that revision and us (a late run).</summary>
    private static (bool Send, LetterReason Reason) First(Subscription subscription, Revision revision, IReadOnlyList<Revision> previous, DateTimeOffset now)
    {
        var firstTold = previous.Count == 0 ? now : revision.Clocks.Raised;
        if (firstTold - revision.Clocks.Detected > OldestNews)
            return No(LetterReason.TooOld);
        return revision.Severity.Value < subscription.MinimumSeverity || revision.Found.Confidence < subscription.MinimumConfidence
            ? No(LetterReason.BelowThreshold)
            : Yes(LetterReason.FirstNews);
    }

    private static (bool Send, LetterReason Reason) Again(
        Revision revision, IReadOnlyList<Revision> previous, IReadOnlyList<ToldLetter> told, LetterReason last, DateTimeOffset now)
    {
        if (revision.Found.State == State.Unstable)
            return No(LetterReason.NotMaterial);
        var closed = last is LetterReason.Ended or LetterReason.Retracted;
        var worstTold = previous.Where(before => told.Any(letter => letter.Revision == before.Number)).Select(before => before.Found.State).DefaultIfEmpty().Max(Rank);
        if (!closed && revision.Change != Change.Worsened && Rank(revision.Found.State) <= worstTold)
            return No(LetterReason.NotMaterial);
        return told.Count(letter => now - letter.At < OldestNews) >= MostPerDay
            ? No(LetterReason.TooMany)
            : Yes(closed || revision.Change == Change.Reopened ? LetterReason.Reopened : LetterReason.Worsened);
    }

    private static int Rank(State state) => state switch
    {
        State.Outage => 3,
        State.Worsening => 2,
        State.Unstable => 1,
        _ => 0,
    };

    private static (bool Send, LetterReason Reason) Yes(LetterReason reason) => (true, reason);

    private static (bool Send, LetterReason Reason) No(LetterReason reason) => (false, reason);
}
