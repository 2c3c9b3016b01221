using System.Globalization;

namespace Pharos.Outages;

/// <summary>
/// Told × found → changes. The ledger remembers what was said; what is found is compared with it, and only a material difference is said.
/// </summary>
public static class Ledger
{
    /// <summary>Distance within which a found event is taken for a told one, bins (30 min).</summary>
    private const int Tolerance = 6;

    /// <summary>Growth of the depth that is worth a revision.</summary>
    private const double DepthStep = 0.10;

    /// <summary>The revisions to append, in order; none when nothing material changed. Running it again on its own result gives none.</summary>
    /// <param name="country">Which country.</param>
    /// <param name="told">The latest revision of each event told before, in order of start.</param>
    /// <param name="found">The events found now, in order of start.</param>
    /// <param name="judgedFrom">First bin judged again in this run: what was told of later bins and is not found is taken back.</param>
    /// <param name="now">The moment of telling.</param>
    /// <param name="method">Version of the method.</param>
    public static IReadOnlyList<Revision> Reconcile(
        Country country, IReadOnlyList<Revision> told, IReadOnlyList<FoundEvent> found, Bin judgedFrom, DateTimeOffset now, string method)
    {
        ArgumentNullException.ThrowIfNull(told);
        ArgumentNullException.ThrowIfNull(found);
        var changes = new List<Revision>();
        var left = told.Where(revision => revision.Change != Change.Retracted).ToList();
        foreach (var finding in found)
        {
            var known = left.Find(revision => Same(revision.Found, finding));
            if (known is null)
            {
                var opened = Open(country, finding, now, method);
                changes.Add(opened);
                if (finding.Closed is not null)
                    changes.Add(Next(opened, Change.Ended, finding, $"Over since {finding.End}, after {Count(finding)}.", now, method));
                continue;
            }
            left.Remove(known);
            if (Difference(known, finding) is var (change, reason))
                changes.Add(Next(known, change, finding, reason, now, method));
        }
        foreach (var missing in left.Where(revision => revision.Found.Detected >= judgedFrom))
            changes.Add(Next(missing, Change.Retracted, missing.Found, "Later data do not show it.", now, method));
        return changes;
    }

    private static bool Same(FoundEvent told, FoundEvent found) =>
        found.Start <= (told.Dips[^1].End ?? found.Start) + Tolerance && told.Start <= (found.Dips[^1].End ?? told.Start) + Tolerance;

    private static Revision Open(Country country, FoundEvent found, DateTimeOffset now, string method)
    {
        var clocks = new Clocks(found.Start.Start, found.Detected.End, now, null, null);
        return new Revision(EventId.Of(country, found.Start), 1, Change.Opened, country, found with { End = null, Closed = null },
            SeverityScale.Of(country, found.AreaHours), clocks, $"First told: {Describe(found)}.", method) { Told = now };
    }

    private static Revision Next(Revision before, Change change, FoundEvent found, string reason, DateTimeOffset now, string method)
    {
        var clocks = before.Clocks with
        {
            Lowered = found.Dips[^1].End?.Start,
            Closed = change is Change.Ended or Change.Retracted ? now : change == Change.Reopened ? null : before.Clocks.Closed,
        };
        return new Revision(
            before.Event, before.Number + 1, change, before.Country, found, SeverityScale.Of(before.Country, found.AreaHours), clocks, reason, method) { Told = now };
    }

    /// <summary>What is worth saying, with the reason in words; null when nothing is.</summary>
    private static (Change Change, string Reason)? Difference(Revision told, FoundEvent found)
    {
        var before = told.Found;
        if (found.Closed is not null)
        {
            return before.Closed is null || told.Change == Change.Reopened ? (Change.Ended, $"Over since {found.End}, after {Count(found)}.")
                : before.End != found.End ? (Change.Revised, $"Late data move the end from {before.End} to {found.End}.")
                : null;
        }
        if (before.Closed is not null && told.Change != Change.Reopened)
            return (Change.Reopened, $"A relapse at {found.Dips[^1].Start} joins it: {Describe(found)}.");
        if (found.State != State.Recovering && Rank(found.State) >= 2 && Rank(found.State) > Rank(before.State))
            return (Change.Worsened, $"From {Word(before.State)} to {Describe(found)}.");
        if (found.Now == Now.Down && before.Now != Now.Down && found.Depth > before.Depth)
            return (Change.Worsened, $"Nothing of it is left: {Describe(found)}.");
        if (found.WorseningSince is { } since && before.WorseningSince is null)
            return (Change.Worsened, $"Getting worse since {since}.");
        if (found.Depth >= before.Depth + DepthStep)
            return (Change.Worsened, string.Create(CultureInfo.InvariantCulture, $"Deeper: {100 * found.Depth:F0} % lost, {100 * before.Depth:F0} % before."));
        if (found.State == State.Recovering && before.State is not State.Recovering)
            return (Change.Revised, $"Coming back after {Count(found)}.");
        return null;
    }

    private static int Rank(State state) => state switch
    {
        State.Outage => 4,
        State.Worsening => 3,
        // Whoever was coming back and still has short dips has not got worse.
        State.Unstable or State.Recovering => 2,
        State.Blip => 1,
        _ => 0,
    };

    private static string Describe(FoundEvent found) =>
        string.Create(CultureInfo.InvariantCulture, $"{Word(found.State)}, {100 * found.Depth:F0} % lost at worst, {Count(found)}");

    private static string Count(FoundEvent found) => found.Dips.Count == 1 ? "one drop" : string.Create(CultureInfo.InvariantCulture, $"{found.Dips.Count} drops");

    private static string Word(State state) => state.ToString().ToLowerInvariant();
}
