namespace Pharos.Pipeline;

/// <summary>What surrounds a revision, from the assessments and the event log. No query grows with the length of the record but for one short row a day.</summary>
public sealed class Backgrounds(Assessments assessments, EventLog events, Observed observed, WorldRate world, IReadOnlyList<Signal> signals) : IBackgrounds
{
    /// <inheritdoc/>
    public async Task<Background> Read(Revision revision, CancellationToken cancel)
    {
        var told = Bin.Containing(revision.Told) - 1;
        var last = Earlier(await LastJudged(revision.Country, cancel), told < revision.Found.Detected ? revision.Found.Detected : told);
        var span = await assessments.Read(revision.Country, last - (ReportFacts.HistoryHours * Bin.PerHour), last, signals, cancel);
        if (span.Count == 0)
            throw new InvalidOperationException($"{revision.Country} has no assessment up to {last}: the report of {revision.Id} has to wait.");
        var latest = (await events.Latest(revision.Country, cancel)).Where(other => other.Change != Change.Retracted && other.Found.Start <= last).ToList();
        var place = Place.Of(revision.Country);
        var observed = await Observed(revision.Country, last, cancel);
        return new Background(place, span[^1], Histories(span), Stability(latest, last, observed), [])
        {
            Record = await Record(revision, latest, last, observed, cancel),
            Hypotheses = await Hypotheses(revision, latest, span, place, last, cancel),
        };
    }

    private async Task<Bin> LastJudged(Country country, CancellationToken cancel) =>
        await assessments.Last(country, cancel) ?? throw new InvalidOperationException($"{country} was never judged.");

    private List<SignalHistory> Histories(IReadOnlyList<Assessment> span) =>
    [
        .. signals.Select(signal => new SignalHistory(signal, [.. span.SelectMany(assessment => assessment.Signals
            .Where(found => found.Signal == signal)
            .Select(found => new HistoryPoint(assessment.Bin, found.Reading.TryValue(out var value) ? value : null, found.Expected, found.Spread)))]))
            .Where(history => history.Points.Count > 0),
    ];

    private async Task<ObservedTime> Observed(Country country, Bin last, CancellationToken cancel) =>
        await observed.Read(country, last, await assessments.Since(country, cancel) ?? last, cancel);

    /// <summary>As the report's tiles show it; the record below it says more.</summary>
    private static Stability Stability(IReadOnlyList<Revision> latest, Bin last, ObservedTime observed)
    {
        var month = last - (30 * Bin.PerDay);
        return new Stability(
            Availability(latest, last, observed.Hours30, 30), Availability(latest, last, observed.Hours365, 365),
            latest.Sum(other => other.Found.Dips.Count(dip => dip.Start >= month && dip.Start <= last)), observed.Days);
    }

    /// <summary>1 − hours of full loss over observed hours within so many days; null with too short a record.</summary>
    private static double? Availability(IReadOnlyList<Revision> latest, Bin last, double? hours, int days)
    {
        if (hours is not > 0)
            return null;
        var from = last - (days * Bin.PerDay);
        return Math.Clamp(1 - (latest.Where(other => other.Found.Start >= from).Sum(other => other.Found.AreaHours) / hours.Value), 0, 1);
    }

    private async Task<StabilityRecord?> Record(Revision revision, IReadOnlyList<Revision> latest, Bin last, ObservedTime observed, CancellationToken cancel)
    {
        if (observed.Days < Outages.Stability.ShortestRecord)
            return null;
        var others = latest.Where(other => other.Event != revision.Event).Select(other => new PastEvent(other.Event, other.Found)).ToList();
        return StabilityRecord.Of(new PastEvent(revision.Event, revision.Found), others, last, observed, await world.PerDay(last, cancel));
    }

    /// <summary>A blip looks like nothing in particular; nothing is weighed.</summary>
    private async Task<IReadOnlyList<Hypothesis>> Hypotheses(
        Revision revision, IReadOnlyList<Revision> latest, IReadOnlyList<Assessment> span, Place place, Bin last, CancellationToken cancel)
    {
        if (revision.Found.Class == EventClass.Blip || revision.Change == Change.Retracted)
            return [];
        var main = FeatureReading.MainLoss(revision.Found, last);
        var around = span;
        // The onset of a long event lies before the span: its hours are fetched as well.
        if (main.Start - FeatureReading.Before < span[0].Bin)
        {
            var until = Earlier(main.Start + FeatureReading.After, span[0].Bin - 1);
            around = [.. await assessments.Read(revision.Country, main.Start - FeatureReading.Before, until, signals, cancel), .. span];
        }
        var earlier = latest.Where(other => other.Event != revision.Event && other.Found.Start < revision.Found.Start).Select(other => other.Found).ToList();
        return HypothesisWeighing.Of(FeatureReading.Of(revision.Found, around, earlier, place.TimeZone, last));
    }

    private static Bin Earlier(Bin left, Bin right) => left < right ? left : right;
}
