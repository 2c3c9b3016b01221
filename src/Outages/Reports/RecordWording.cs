using System.Globalization;

namespace Pharos.Outages;

/// <summary>The country's record in sentences: how rare this is, what came before, how fragile the country is, how long such losses lasted elsewhere (S7, S17, S22, S23).</summary>
public static class RecordWording
{
    /// <summary>The sentences; what is not known is left out or said to be unknown.</summary>
    public static IReadOnlyList<string> Of(ReportFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        if (facts.Background.Record is not { } record || facts.Revision.Change == Change.Retracted)
            return [];
        var name = facts.Place.Name;
        var sentences = new List<string>();
        if (record.Observed365 is > 0 and < 0.98)
            sentences.Add($"Only {Amounts.Share(record.Observed365)} of the record could be judged; the rest counts neither as up nor as down.");
        if (record.Drops24 >= 1)
            sentences.Add(Text($"{Amounts.Count(record.Drops24, "dip")} in 24 hours, where {record.BlipsPerDay:0.##} a day are usual: {(record.IsUnusual ? "unusual for this country" : "not unusual for this country")} (probability {Small(record.Surprise)})."));
        if (record.NumberThisYear is { } number)
            sentences.Add($"It is the {Ordinal(number)} event of this year that is more than a blip{(record.DaysSinceLast is { } days ? $"; the one before ended {Amounts.Count(days, "day")} earlier" : "")}.");
        if (record.NumberThisYear is not null && facts.Length >= TimeSpan.FromMinutes(30))
            sentences.Add(record.LongestSince is { } since
                ? $"It is the longest since {Moments.Utc(since.Found.Start.Start)}, which lasted {Amounts.Length(since.Length(facts.Assessment.Bin))}."
                : $"It is the longest of our record, which has {Amounts.Count(record.DaysOfRecord, "day")}.");
        if (record.Nearest.Count > 0)
            sentences.Add($"Nearest in shape in our record: {string.Join("; ", record.Nearest.Select(past => Past(past, facts)))}.");
        sentences.Add(Fragility.Of(facts.Place.Country, facts.Assessment.Bin) is { } fragility
            ? $"Risk of disconnection: {Word(fragility.Tier)}, by {Amounts.Count(fragility.Providers, "international provider")} ({fragility.Source}; tiers after Renesys)."
            : $"How many international providers {name} has is not known to us.");
        if (!Wording.IsOver(facts) && facts.Found.State == State.Outage && RemainingTime.After(facts.AsOf - Wording.Since(facts)) is { } rest)
            sentences.Add(Text($"Of {rest.Outages} national outages elsewhere that had lasted more than {rest.Elapsed.TotalHours:0} h, half were over within {Amounts.Length(rest.Median)} more and nine of ten within {Amounts.Length(rest.Bound)} more; this says nothing certain about this one."));
        return sentences;
    }

    /// <summary>A tier in a word.</summary>
    public static string Word(FragilityTier tier) => tier switch
    {
        FragilityTier.Severe => "severe",
        FragilityTier.Significant => "significant",
        FragilityTier.Low => "low",
        FragilityTier.Resistant => "resistant",
        _ => throw new ArgumentOutOfRangeException(nameof(tier), tier, null),
    };

    private static string Past(PastEvent past, ReportFacts facts) =>
        $"{Moments.Utc(past.Found.Start.Start)}, {States.Word(past.Found.Class)}, {Amounts.Share(past.Found.Depth)} lost, {Amounts.Length(past.Length(facts.Assessment.Bin))}";

    private static string Small(double probability) =>
        probability < 0.001 ? "below 0.001" : probability.ToString(probability < 0.1 ? "0.###" : "0.##", CultureInfo.InvariantCulture);

    private static string Ordinal(int number) => (number % 100) is >= 11 and <= 13 ? $"{number}th" : (number % 10) switch
    {
        1 => $"{number}st",
        2 => $"{number}nd",
        3 => $"{number}rd",
        _ => $"{number}th",
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
