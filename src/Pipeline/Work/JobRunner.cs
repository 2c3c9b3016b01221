using System.Diagnostics;

namespace Pharos.Pipeline;

/// <summary>Runs a job of any kind: the one entry point of both hosts.</summary>
public sealed class JobRunner(CollectRound collect, Scorer scorer, Publisher publisher, Mailroom mailroom)
{
    /// <summary>How far back revisions are looked through for a missing report.</summary>
    private static readonly TimeSpan Unpublished = TimeSpan.FromDays(3);

    /// <summary>Runs a job. An exception means weather or a conflict: run it again later.</summary>
    /// <param name="job">The job.</param>
    /// <param name="cancel">Stops it; it will be handed out again.</param>
    public Task Run(Job job, CancellationToken cancel) => job switch
    {
        Job.Collect round => collect.Run(round, cancel),
        Job.Score score => scorer.Run(score, cancel),
        Job.Report report => publisher.Run(report, cancel),
        Job.Deliver letter => mailroom.Run(letter, cancel),
        Job.Sweep sweep => Sweep(sweep, cancel),
        _ => throw new UnreachableException($"No runner for {job.GetType().Name}."),
    };

    /// <summary>Runs collections that are due together; returns for each what it failed with, or null.</summary>
    public Task<IReadOnlyList<Exception?>> Run(IReadOnlyList<Job.Collect> together, CancellationToken cancel) => collect.Run(together, cancel);

    /// <summary>
    /// What a crash left behind: revisions without a report, letters that wait without a job. It is done here and not enqueued: a queue drops the id of a
    /// job that was given up or completed before. One that fails does not stop the next.
    /// </summary>
    /// <exception cref="AggregateException">Something other than the mail server failed, which waits for the next sweep.</exception>
    private async Task Sweep(Job.Sweep sweep, CancellationToken cancel)
    {
        var failures = new List<Exception>();
        foreach (var job in await publisher.Unpublished(sweep.At - Unpublished, cancel))
            await Try(job);
        foreach (var job in await mailroom.Sweep(cancel))
            await Try(job);
        if (failures.Count > 0)
            throw new AggregateException($"{failures.Count} of the jobs that were left behind failed again.", failures);

        async Task Try(Job job)
        {
            try
            {
                await Run(job, cancel);
            }
            catch (MailException)
            {
                // Stands on the letter, which waits for the next sweep.
            }
            catch (Exception trouble) when (!cancel.IsCancellationRequested)
            {
                failures.Add(trouble);
            }
        }
    }
}
