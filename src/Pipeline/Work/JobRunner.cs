using System.Diagnostics;

namespace Pharos.Pipeline;

/// <summary>Runs a job of any kind: the one entry point of both hosts.</summary>
public sealed class JobRunner(CollectRound collect, Scorer scorer, Publisher publisher, Mailroom mailroom, IJobs jobs)
{
    /// <summary>How far back revisions are looked through for a missing report.</summary>
    private static readonly TimeSpan Unpublished = TimeSpan.FromDays(3);

    /// <summary>Runs a job. An exception means weather or a conflict: run it again later.</summary>
    /// <param name="job">The job.</param>
    /// <param name="delivery">1 when it is handed out for the first time.</param>
    /// <param name="cancel">Stops it; it will be handed out again.</param>
    public Task Run(Job job, int delivery, CancellationToken cancel) => job switch
    {
        Job.Collect round => collect.Run(round, delivery, cancel),
        Job.Score score => scorer.Run(score, cancel),
        Job.Report report => publisher.Run(report, cancel),
        Job.Deliver letter => mailroom.Run(letter, cancel),
        Job.Sweep sweep => Sweep(sweep, cancel),
        _ => throw new UnreachableException($"No runner for {job.GetType().Name}."),
    };

    /// <summary>What a crash left behind: revisions without a report, letters without a job.</summary>
    private async Task Sweep(Job.Sweep sweep, CancellationToken cancel)
    {
        await jobs.Enqueue(await publisher.Unpublished(sweep.At - Unpublished, cancel), due: null, cancel);
        await jobs.Enqueue(await mailroom.Sweep(cancel), due: null, cancel);
    }
}
