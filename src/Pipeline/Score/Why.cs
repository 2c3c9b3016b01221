using System.Globalization;
using System.Text.Json;

namespace Pharos.Pipeline;

/// <summary>Why a country was judged as it was in a bin, and who heard of it.</summary>
/// <param name="Explanation">The chain from readings to event, by what is stored now.</param>
/// <param name="Stored">The assessment as kept; null where none is. It may differ where readings came late.</param>
/// <param name="Letters">A gate per revision of the event that covers the bin; one that says so where there is none.</param>
/// <param name="Folded">Bins folded to get there.</param>
public sealed record WhyAnswer(Explanation Explanation, Assessment? Stored, IReadOnlyList<Gate> Letters, int Folded)
{
    /// <summary>Whether what is stored of the bin says the same as the explanation.</summary>
    public bool IsAsStored => Stored is { } stored && stored.State == Explanation.Assessment.State && Math.Abs(stored.Score - Explanation.Assessment.Score) < 0.01;

    /// <summary>The first gate of the judgement that was not passed, else the last letter when none was sent; null when nothing stopped it.</summary>
    public Gate? StoppedBy => Explanation.StoppedBy ?? (Letters.Any(gate => gate.Passed) ? null : Letters[^1]);

    /// <summary>All gates, letters included.</summary>
    public IEnumerable<Gate> Gates => Explanation.Gates.Concat(Letters);
}

/// <summary>
/// Answers "why, and why no letter?" for a country and a bin: the nearest checkpoint before the bin, or the beginning of the record, is folded up to it.
/// Nothing is written.
/// </summary>
public sealed class Why(ITables tables, Readings readings, GuardLog guard, Assessments assessments, EventLog events, Reports reports, IReadOnlyList<Signal> signals, Method method)
{
    /// <summary>Bins read at once, 14 days.</summary>
    private const int Stretch = 14 * Bin.PerDay;

    /// <summary>Explains a bin.</summary>
    /// <exception cref="ArgumentException">The country was not judged in that bin; the message says from when to when it was.</exception>
    public async Task<WhyAnswer> Of(Country country, Bin bin, CancellationToken cancel)
    {
        var since = await assessments.Since(country, cancel)
            ?? throw new ArgumentException($"{country.Name} was never judged here.", nameof(country));
        var last = await assessments.Last(country, cancel) ?? since;
        if (bin < since || bin > last)
            throw new ArgumentException($"{country.Name} was judged from {since} to {last}; {bin} lies outside.", nameof(bin));
        var state = await Nearest(country, bin, cancel);
        var from = state.Last is { } folded ? folded + 1 : since;
        for (var start = from; start < bin; start += Stretch)
            await Fold(state, start, start + (Stretch - 1) < bin - 1 ? start + (Stretch - 1) : bin - 1, cancel);
        var grid = await readings.Read(country, bin, bin, signals, cancel);
        var verdicts = await guard.Read(bin, bin, signals, cancel);
        var explained = Explanation.Of(state, bin, grid[bin], verdicts[0]);
        var stored = await assessments.Read(country, bin, bin, signals, cancel);
        return new WhyAnswer(explained, stored.Count > 0 ? stored[0] : null, await Letters(country, bin, cancel), bin - from);
    }

    private async Task<CountryState> Nearest(Country country, Bin bin, CancellationToken cancel)
    {
        Row? nearest = null;
        await foreach (var row in tables.Query(ScoreTables.Checkpoints, country.Code, from: null, ScoreTables.HourKey(bin.Hour), cancel))
            nearest = row;
        return nearest is null ? new CountryState(country, signals, method) : Checkpoint.Read(nearest.Body, signals, method);
    }

    private async Task Fold(CountryState state, Bin from, Bin through, CancellationToken cancel)
    {
        var grid = await readings.Read(state.Country, from, through, signals, cancel);
        var verdicts = await guard.Read(from, through, signals, cancel);
        for (var bin = from; bin <= through; bin += 1)
            Detector.Fold(state, bin, grid[bin], verdicts[bin - from]);
    }

    private async Task<IReadOnlyList<Gate>> Letters(Country country, Bin bin, CancellationToken cancel)
    {
        var covering = (await events.Latest(country, cancel)).Where(told => told.Found.Start <= bin && !(told.Found.Closed < bin)).ToList();
        if (covering.Count == 0)
            return [new Gate(GateKind.Letter, false, null, null, "no event covers the bin, so there is nothing to write about")];
        var gates = new List<Gate>();
        foreach (var told in covering)
            foreach (var revision in await events.Read(country, told.Event, cancel))
                gates.Add(Letter(revision, await reports.Decisions(revision.Event, revision.Number, cancel)));
        return gates;
    }

    private static Gate Letter(Revision revision, byte[]? decisions)
    {
        var what = $"{revision.Id} ({States.Word(revision.Change)}, {States.Word(revision.Found.State)}, told {Moments.Iso(revision.Told)})";
        if (decisions is null)
            return new Gate(GateKind.Letter, false, null, null, $"{what}: not published yet");
        using var json = JsonDocument.Parse(decisions);
        var reasons = json.RootElement.EnumerateArray()
            .GroupBy(one => (Send: one.GetProperty("letter").GetBoolean(), Reason: one.GetProperty("reason").GetString()!))
            .OrderByDescending(group => group.Key.Send).ThenBy(group => group.Key.Reason, StringComparer.Ordinal).ToList();
        var sent = reasons.Where(group => group.Key.Send).Sum(group => group.Count());
        var words = reasons.Select(group => string.Create(
            CultureInfo.InvariantCulture, $"{group.Count()} {(group.Key.Send ? "sent" : "not sent")}: {group.Key.Reason.Replace('_', ' ')}"));
        return new Gate(GateKind.Letter, sent > 0, sent, 1, $"{what}: {(reasons.Count == 0 ? "no subscribers" : string.Join("; ", words))}");
    }
}
