namespace Pharos.Outages;

/// <summary>The difference between two revisions of one event, in sentences (S13).</summary>
public static class WhatChanged
{
    /// <summary>What is new in a revision against an earlier one of the event; with none before it is the first word.</summary>
    public static IReadOnlyList<string> Since(Revision? before, Revision after, Place place)
    {
        if (before is null)
            return [after.Number == 1 ? "This is the first report of this event." : $"This is the first you hear of this event; it is revision {after.Number}."];
        var changes = new List<string>();
        if (after.Change == Change.Retracted)
            changes.Add("Late data showed that the event did not happen; it is retracted.");
        if (after.Change == Change.Reopened)
            changes.Add("It failed again soon after the end; the relapse counts as part of the same event.");
        if (before.Found.State != after.Found.State)
            changes.Add($"State: {States.Word(before.Found.State)} → {States.Word(after.Found.State)}.");
        if (after.Found.Depth - before.Found.Depth >= .01)
            changes.Add($"Largest loss: {Amounts.Share(before.Found.Depth)} → {Amounts.Share(after.Found.Depth)}.");
        if (after.Found.Dips.Count != before.Found.Dips.Count)
            changes.Add($"Dips: {before.Found.Dips.Count} → {after.Found.Dips.Count}.");
        if (before.Found.WorseningSince is null && after.Found.WorseningSince is { } worse)
            changes.Add($"A trend is established: getting worse since {Moments.Both(worse.Start, place)}.");
        if (before.Found.Start != after.Found.Start)
            changes.Add($"The beginning was corrected from {Moments.Utc(before.Found.Start.Start)} to {Moments.Both(after.Found.Start.Start, place)}.");
        if (before.Found.End is null && after.Found.End is { } end)
            changes.Add($"The end was observed: {Moments.Both(end.Start, place)}.");
        if (Amounts.Confidence(before.Found.Confidence) != Amounts.Confidence(after.Found.Confidence))
            changes.Add($"Confidence: {Amounts.Confidence(before.Found.Confidence)} → {Amounts.Confidence(after.Found.Confidence)}.");
        if (before.Method != after.Method)
            changes.Add($"The method changed from version {before.Method} to {after.Method}.");
        if (changes.Count == 0)
            changes.Add(after.Reason);
        return changes;
    }
}
