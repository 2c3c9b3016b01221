namespace Pharos.Pipeline;

/// <summary>What surrounds a revision, from the assessments and the event log.</summary>
public sealed class Backgrounds(Assessments assessments, EventLog events, IReadOnlyList<Signal> signals) : IBackgrounds
{
    /// <inheritdoc/>
    public async Task<Background> Read(Revision revision, CancellationToken cancel)
    {
        var told = Bin.Containing(revision.Told) - 1;
        var last = Earlier(await LastJudged(revision.Country, cancel), told < revision.Found.Detected ? revision.Found.Detected : told);
        var span = await assessments.Read(revision.Country, last - (ReportFacts.HistoryHours * Bin.PerHour), last, signals, cancel);
        if (span.Count == 0)
            throw new InvalidOperationException($"{revision.Country} has no assessment up to {last}: the report of {revision.Id} has to wait.");
        return new Background(Place.Of(revision.Country), span[^1], Histories(span), await Stability(revision, last, cancel), []);
    }

    private async Task<Bin> LastJudged(Country country, CancellationToken cancel) =>
        await assessments.Latest(country, cancel) is { } line ? AssessmentJson.Read(line, signals).Bin : throw new InvalidOperationException($"{country} was never judged.");

    private List<SignalHistory> Histories(IReadOnlyList<Assessment> span) =>
    [
        .. signals.Select(signal => new SignalHistory(signal, [.. span.SelectMany(assessment => assessment.Signals
            .Where(found => found.Signal == signal)
            .Select(found => new HistoryPoint(assessment.Bin, found.Reading.TryValue(out var value) ? value : null, found.Expected, found.Spread)))]))
            .Where(history => history.Points.Count > 0),
    ];

    private async Task<Stability> Stability(Revision revision, Bin last, CancellationToken cancel)
    {
        var since = await assessments.Since(revision.Country, cancel) ?? last;
        var days = (last - since) / Bin.PerDay;
        var latest = (await events.Latest(revision.Country, cancel)).Where(other => other.Change != Change.Retracted && other.Found.Start <= last).ToList();
        var month = last - (30 * Bin.PerDay);
        return new Stability(
            Availability(latest, last, days, 30), Availability(latest, last, days, 365),
            latest.Sum(other => other.Found.Dips.Count(dip => dip.Start >= month && dip.Start <= last)), days);
    }

    /// <summary>1 − hours of full loss over hours of record within so many days; null with too short a record.</summary>
    private static double? Availability(IReadOnlyList<Revision> latest, Bin last, int record, int days)
    {
        if (record < Outages.Stability.ShortestRecord)
            return null;
        var from = last - (days * Bin.PerDay);
        var lost = latest.Where(other => other.Found.Start >= from).Sum(other => other.Found.AreaHours);
        return Math.Clamp(1 - (lost / (24.0 * Math.Min(days, record))), 0, 1);
    }

    private static Bin Earlier(Bin left, Bin right) => left < right ? left : right;
}
