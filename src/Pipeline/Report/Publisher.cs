namespace Pharos.Pipeline;

/// <summary>Where the surroundings of a revision come from: assessment, history, stability, statements.</summary>
public interface IBackgrounds
{
    /// <summary>The background of a revision as of the bin it rests on; asked twice it says the same.</summary>
    Task<Background> Read(Revision revision, CancellationToken cancel);
}

/// <summary>
/// in: the event log and the background of a revision; out: its report in three forms, and one letter per matching subscriber in the outbox.
/// Running it twice changes nothing.
/// </summary>
public sealed class Publisher(EventLog events, IBackgrounds backgrounds, Renderer renderer, Reports reports, Letters letters)
{
    /// <summary>
    /// Publishes a revision, and before it those earlier ones of its event that are not published yet: who missed the beginning would not be told the end.
    /// </summary>
    public async Task Run(Job.Report job, CancellationToken cancel)
    {
        var revisions = await events.Read(Country.Parse(job.Country), job.Event, cancel);
        if (revisions.All(revision => revision.Number != job.Revision))
            throw new InvalidOperationException($"The event log of {job.Country} has no revision {job.Revision} of {job.Event}.");

        foreach (var revision in revisions.Where(revision => revision.Number <= job.Revision))
        {
            if (await reports.IsPublished(revision.Event, revision.Number, cancel))
                continue;
            var earlier = revisions.Where(before => before.Number < revision.Number).ToList();
            var facts = new ReportFacts(revision, earlier, await backgrounds.Read(revision, cancel));

            await reports.Write(revision.Event, revision.Number, renderer.Report(facts), cancel);
            var decisions = await letters.Write(facts, cancel);
            await reports.MarkPublished(revision.Event, revision.Number, decisions, cancel);
        }
    }

    /// <summary>Jobs for the events whose latest revision was told at or after a moment and has no report: what a crash between the two left behind.</summary>
    public async Task<IReadOnlyCollection<Job>> Unpublished(DateTimeOffset since, CancellationToken cancel)
    {
        List<Job> missing = [];
        foreach (var revision in await events.Latest(cancel))
            if (revision.Told >= since && !await reports.IsPublished(revision.Event, revision.Number, cancel))
                missing.Add(new Job.Report(revision.Country.Code, revision.Event, revision.Number));
        return missing;
    }
}
