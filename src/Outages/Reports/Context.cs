namespace Pharos.Outages;

/// <summary>What stands around the event in a report: how stable the country is otherwise, what is not known, and the numbers with their sources.</summary>
public static class Context
{
    /// <summary>How stable the country normally is, or that the record is too short to say (S7).</summary>
    public static IReadOnlyList<string> Normally(ReportFacts facts)
    {
        var (name, record) = (facts.Place.Name, facts.Background.Stability);
        if (record.DaysOfRecord < Stability.ShortestRecord || record.Availability30 is null)
            return [$"Pharos has {Amounts.Count(record.DaysOfRecord, "day")} of record of {name}: too short a history to say what is usual there."];
        var month = facts.Assessment.Bin - (30 * Bin.PerDay);
        var others = Math.Max(0, record.Dips30 - facts.Found.Dips.Count(dip => dip.Start >= month));
        return
        [
            record.Availability365 is { } year && record.DaysOfRecord >= 365
                ? $"Over the last 365 days the Internet of {name} was available {Amounts.Availability(year)} of the time, over the last 30 days {Amounts.Availability(record.Availability30.Value)}."
                : $"Over the last 30 days the Internet of {name} was available {Amounts.Availability(record.Availability30.Value)} of the time; the record has {Amounts.Count(record.DaysOfRecord, "day")}, too short a history for a year.",
            $"There were {Amounts.Count(record.Dips30, "dip")} in the last 30 days, {(others == 0 ? "none" : Amounts.Number(others))} of them apart from this event.",
            others == 0 ? $"Trouble like this is unusual for {name}."
                : others >= 20 ? $"Dips are common in {name}; the same drop weighs less there than elsewhere."
                : $"Dips happen in {name} from time to time.",
        ];
    }

    /// <summary>What the report cannot say, in sentences; never empty.</summary>
    public static IReadOnlyList<string> NotKnown(ReportFacts facts)
    {
        var sentences = new List<string> { $"{Wording.CauseUnknown} Cause: {ReportFacts.Cause}." };
        if (facts.Revision.Change != Change.Retracted && !Wording.IsOver(facts))
            sentences.Add("No end has been observed, and we do not guess one.");
        if (facts.Assessment.Coverage < .5)
            sentences.Add($"We see only part of the country: coverage is {Amounts.Share(facts.Assessment.Coverage)}.");
        if (facts.Found.Confidence < .8)
            sentences.Add("Confidence is low: this may still turn out to be nothing.");
        if (facts.Assessment.Flags.HasFlag(Flags.DarkWithRoutesUp))
            sentences.Add("Routes are present while traffic is gone; who or what stops it cannot be seen from outside.");
        foreach (var signal in facts.Signals.Where(signal => signal.Value is null))
            sentences.Add($"{signal.Signal.Name} has no value for this bin ({States.Word(signal.Found.Reading.Gap)}); missing is not zero.");
        if (facts.Place.TimeZones > 1)
            sentences.Add($"{facts.Place.Name} has {facts.Place.TimeZones} time zones; local times here are those of {Moments.City(facts.Place.TimeZone)}, which need not be where it failed.");
        if (facts.Signals.Count > 0 && facts.Signals.All(signal => signal.Signal.Plane != Plane.Usage || signal.Value is null))
            sentences.Add("No measurement of what people do on the network was at hand; how many notice it is not known.");
        return sentences;
    }

    /// <summary>The numbers of the report with their bin and their witnesses (S3).</summary>
    public static IReadOnlyList<Claim> Claims(ReportFacts facts)
    {
        Claim Say(string name, string text, Bin? bin = null) => new(name, text, bin ?? facts.Assessment.Bin, facts.Witnesses);
        var found = facts.Found;
        var claims = new List<Claim>
        {
            Say("Largest loss", Amounts.Share(found.Depth), found.Dips.MaxBy(dip => dip.Peak)?.Start),
            Say("Loss in the last judged bin", facts.Assessment.Now == Now.Unknown ? "unknown" : Amounts.Share(Wording.LossNow(facts))),
            Say("Confidence", Wording.ConfidenceWords(facts)),
            Say("Coverage", Amounts.Share(facts.Assessment.Coverage)),
            Say("Size", $"{Amounts.Length(TimeSpan.FromHours(found.AreaHours))} of full loss; at most {Amounts.Number(Math.Round(facts.Revision.Severity.PersonHours))} person-hours"),
            Say("Severity", $"{Amounts.Number(Math.Round(facts.Revision.Severity.Value, 1))} of 10 by people, {Amounts.Number(Math.Round(facts.Revision.Severity.National))} of 100 for the country itself"),
        };
        var routes = facts.Signals.Where(signal => signal is { Signal.Kind: SignalKind.Routes, Percent: not null }).Select(signal => signal.Witness).ToList();
        if (Wording.Left(facts) && Wording.LostRoutes(facts) is { } lost)
            claims.Insert(0, new Claim("Routes lost", Amounts.Share(lost), facts.Assessment.Bin, routes));
        return claims;
    }
}
