namespace Pharos.Outages;

/// <summary>
/// Facts in careful English. Nothing here asserts a cause, names an end that was not observed or calls the unknown stable;
/// the first sentences are for readers who have never heard of a route.
/// </summary>
public static class Wording
{
    /// <summary>Most characters of a summary, 280.</summary>
    public const int LongestSummary = 280;

    /// <summary>What every report says about the cause.</summary>
    public const string CauseUnknown = "What caused it the data do not say.";

    /// <summary>Whether the report is about something that is over.</summary>
    public static bool IsOver(ReportFacts facts) => facts.Revision.Change == Change.Ended || facts.Found.End is not null;

    /// <summary>One line without a full stop.</summary>
    public static string Headline(ReportFacts facts)
    {
        var name = facts.Place.Name;
        if (facts.Revision.Change == Change.Retracted)
            return $"Retracted: the Internet of {name} did not fail as reported";
        if (IsOver(facts))
        {
            var back = facts.Found.Depth >= .9 ? $"{name} is back on the Internet" : $"The Internet of {name} is back to normal";
            return facts.Found.Dips.Count > 1
                ? $"{back} after {Dips(facts)} in {Amounts.Length(facts.Length)}"
                : $"{back} after {Amounts.Length(facts.Length)}";
        }
        var again = facts.Revision.Change == Change.Reopened ? " again" : "";
        return facts.Found.State switch
        {
            State.Outage when Left(facts) => $"{name} has dropped off the Internet{again}",
            State.Outage when facts.Found.Now == Now.Down => $"The Internet of {name} is down{again}",
            State.Outage => $"Internet outage in {name}{again}: {Amounts.Share(LossNow(facts))} lost",
            State.Worsening => $"The Internet of {name} is failing and getting worse",
            State.Unstable => $"The Internet of {name} is unstable{again}",
            State.Blip => $"Short disturbance of the Internet in {name}",
            State.Recovering => $"The Internet of {name} is coming back",
            State.Stable => $"The Internet of {name} works as usual, the event is still open",
            _ => $"Not enough data about the Internet of {name}",
        };
    }

    /// <summary>At most 280 characters: the headline, the share lost, since when, how sure, and that the cause is not known.</summary>
    public static string Summary(ReportFacts facts)
    {
        if (facts.Revision.Change == Change.Retracted)
            return Fit([Headline(facts), "Later data show that it did not happen", "Please disregard our earlier letters about it"]);
        return Fit(
        [
            Headline(facts),
            .. IsOver(facts)
                ? [$"From {Moments.Both(facts.Found.Start.Start, facts.Place)} to {Moments.Both(End(facts), facts.Place)}", $"Lowest point: {Amounts.Share(facts.Found.Depth)} lost"]
                : new[] { LostShare(facts), $"Since {Moments.Both(Since(facts), facts.Place)}, {Ongoing(facts)}" },
            $"Confidence {ConfidenceWords(facts)}",
            CauseUnknown.TrimEnd('.'),
        ]);
    }

    /// <summary>A paragraph for everybody; its first sentence is free of jargon.</summary>
    public static string Paragraph(ReportFacts facts) => string.Join(' ', Sentences(facts).Where(sentence => sentence.Length > 0));

    /// <summary>As <c>ongoing, 3 h 10 min</c>, counted to the end of the last judged bin; or the length of what is over.</summary>
    public static string Ongoing(ReportFacts facts) => IsOver(facts)
        ? $"over after {Amounts.Length(facts.Length)}"
        : $"ongoing, {Amounts.Length(Max(facts.AsOf - Since(facts), Bin.Length))}";

    /// <summary>As <c>high (97 %)</c>.</summary>
    public static string ConfidenceWords(ReportFacts facts) => $"{Amounts.Confidence(facts.Found.Confidence)} ({Amounts.Share(facts.Found.Confidence)})";

    /// <summary>Start of what is going on: of the open dip in an outage, of the whole event otherwise.</summary>
    public static DateTimeOffset Since(ReportFacts facts) =>
        facts.Found is { State: State.Outage } && facts.Found.Dips.LastOrDefault(dip => dip.End is null) is { } open ? open.Start.Start : facts.Found.Start.Start;

    /// <summary>Text that passed the check for words that assert a cause; see <see cref="CausalVerbs"/>.</summary>
    public static string RefuseCausalVerbs(string text) => CausalVerbs.Refuse(text);

    private static IEnumerable<string> Sentences(ReportFacts facts)
    {
        yield return FirstSentence(facts);
        if (facts.Revision.Change == Change.Retracted)
            yield break;
        var found = facts.Found;
        if (IsOver(facts))
        {
            yield return $"At the lowest point {Amounts.Share(found.Depth)} was lost.";
            if (found.Dips.Count > 1)
                yield return $"It was gone or impaired for {Amounts.Length(facts.TimeInDips)} in all, the times between the dips left out.";
        }
        else
        {
            yield return LostShare(facts) is { Length: > 0 } lost ? lost + "." : "";
            if (Since(facts) != found.Start.Start)
                yield return $"The trouble began on {Moments.Both(found.Start.Start, facts.Place)}, {Amounts.Length(facts.Length)} ago, and came in {Dips(facts)} so far.";
            else if (found.Dips.Count > 1)
                yield return $"So far there were {Dips(facts)}, {Amounts.Length(facts.TimeInDips)} in all.";
            if (found.WorseningSince is { } worse)
                yield return $"It has been getting worse since {Moments.Both(worse.Start, facts.Place)}.";
        }
        if (facts.Assessment.Flags.HasFlag(Flags.PlanesDisagree) || facts.Assessment.Flags.HasFlag(Flags.DarkWithRoutesUp))
            yield return "Routes and measurements of traffic tell different stories, which lowers our confidence.";
        yield return $"How sure we are: {ConfidenceWords(facts)}.";
        if (facts.Place.Population is { } people)
            yield return $"About {Amounts.Number(people)} people live in {facts.Place.Name}; how many of them use the Internet this report does not tell.";
        yield return CauseUnknown;
    }

    private static string FirstSentence(ReportFacts facts)
    {
        var name = facts.Place.Name;
        var since = Moments.Both(Since(facts), facts.Place);
        if (facts.Revision.Change == Change.Retracted)
            return $"We reported trouble with the Internet in {name}; later data show that it did not happen, and we take it back.";
        if (IsOver(facts))
        {
            return facts.Found.Dips.Count > 1
                ? $"The Internet in {name} failed {facts.Found.Dips.Count} times from {since} to {Moments.Both(End(facts), facts.Place)} and works again."
                : $"The Internet in {name} failed from {since} to {Moments.Both(End(facts), facts.Place)}, for {Amounts.Length(facts.Length)}, and works again.";
        }
        return facts.Found.State switch
        {
            State.Outage when Left(facts) => $"{name} has been cut off from the rest of the Internet since {since}.",
            State.Outage when facts.Found.Now == Now.Down => $"Almost nothing of the Internet in {name} has worked since {since}.",
            State.Outage => $"About {Amounts.Share(LossNow(facts))} of the Internet in {name} is gone; it began on {since}.",
            State.Worsening => $"The Internet in {name} has been failing again and again since {since}, and it is getting worse.",
            State.Unstable => $"The Internet in {name} has been failing again and again since {since}.",
            State.Blip => $"The Internet in {name} had a short disturbance on {since}.",
            State.Recovering => $"The Internet in {name} is coming back after trouble that began on {since}.",
            State.Stable => $"The Internet in {name} works as usual; it is too early to say that the trouble that began on {since} is over.",
            _ => $"We cannot see enough of the Internet in {name} to say how it is; trouble was seen from {since}.",
        };
    }

    /// <summary>What is lost now, with the share of the routes where the country left the global Internet (S1). No full stop.</summary>
    private static string LostShare(ReportFacts facts)
    {
        if (Left(facts) && LostRoutes(facts) is { } routes)
            return $"{Amounts.Share(routes)} of its usual routes are gone";
        return facts.Found.State is State.Unknown || LossNow(facts) < .01 ? "" : $"{Amounts.Share(LossNow(facts))} is lost now";
    }

    /// <summary>Share of the usual routes that is gone, weighed as the routing signals are; null where none of them has a value.</summary>
    internal static double? LostRoutes(ReportFacts facts)
    {
        var routes = facts.Signals.Where(signal => signal is { Signal.Kind: SignalKind.Routes, Percent: not null }).ToList();
        if (routes.Count == 0)
            return null;
        var weights = routes.Sum(signal => signal.Found.Weight);
        return routes.Sum(signal => (1 - Math.Min(1, signal.Percent!.Value / 100)) * (weights > 0 ? signal.Found.Weight / weights : 1.0 / routes.Count));
    }

    internal static double LossNow(ReportFacts facts) => 1 - (facts.Assessment.Score / 100);

    internal static bool Left(ReportFacts facts) => facts.Assessment.Flags.HasFlag(Flags.LeftGlobalInternet);

    private static string Dips(ReportFacts facts) =>
        facts.Found.Dips.Count >= 64 ? "at least 64 dips" : Amounts.Count(facts.Found.Dips.Count, "dip");

    private static DateTimeOffset End(ReportFacts facts) => facts.Found.End?.Start ?? facts.AsOf;

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static string Fit(IEnumerable<string> sentences)
    {
        var summary = "";
        foreach (var sentence in sentences.Where(sentence => sentence.Length > 0))
        {
            var longer = summary.Length == 0 ? sentence + "." : $"{summary} {sentence}.";
            if (longer.Length > LongestSummary)
                return summary.Length > 0 ? summary : sentence[..(LongestSummary - 1)] + "…";
            summary = longer;
        }
        return summary;
    }
}
