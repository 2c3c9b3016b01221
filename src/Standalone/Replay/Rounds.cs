using Cronos;

namespace Pharos.Standalone;

/// <summary>
/// Runs what is due, in order, until nothing is. The same rounds serve a live installation, its first back-fill and a replay.
/// </summary>
internal sealed class Rounds(Installation installation, IReadOnlyList<ScheduleEntry> timetable)
{
    /// <summary>Jobs taken at once in a batch. Else as many as run side by side: a kill counts against every job that was taken.</summary>
    private const int JobsInBatch = 64;

    private static readonly TimeSpan Visibility = TimeSpan.FromMinutes(10);
    private readonly List<(ScheduleEntry Entry, CronExpression When)> timers = [.. timetable.Select(entry => (entry, CronExpression.Parse(entry.Cron, CronFormat.IncludeSeconds)))];

    private int failures;

    /// <summary>Jobs that failed and wait for another try, counted since the start.</summary>
    public int Failures => failures;

    /// <summary>
    /// Whether many jobs share a transaction. Fast; a kill takes all of them back, and what left the house meanwhile leaves it again. For replays.
    /// </summary>
    public bool Batched { get; init; }

    /// <summary>Called with each failure.</summary>
    public Action<Job, Exception>? Failed { get; init; }

    /// <summary>The first moment after another at which a timer goes off.</summary>
    public DateTimeOffset Next(DateTimeOffset after) => timers.Min(timer => NextOf(timer.When, after));

    /// <summary>Enqueues the jobs of the timers that go off after one moment and not after another.</summary>
    public Task Enqueue(DateTimeOffset after, DateTimeOffset until, CancellationToken cancel) => installation.Jobs.Enqueue(
        [.. timers.SelectMany(timer => Times(timer.When, after, until).Select(at => (at, timer.Entry))).OrderBy(due => due.at).Select(due => due.Entry.Job(due.at))],
        due: null, cancel);

    /// <summary>
    /// Fills in the past day by day of UTC: all sources for a day, then its scores, which write down what the guard expects of the next.
    /// </summary>
    public async Task Backfill(DateTimeOffset from, DateTimeOffset until, Action<DateTimeOffset> progress, CancellationToken cancel)
    {
        for (var day = from; day < until;)
        {
            var midnight = new DateTimeOffset(day.UtcDateTime.Date.AddDays(1), TimeSpan.Zero);
            day = midnight < until ? midnight : until;
            await installation.Jobs.Enqueue([.. installation.Sources.Select(source => new Job.Collect(source.Name, day))], due: null, cancel);
            await Drain(cancel);
            progress(day);
        }
    }

    /// <summary>
    /// Runs jobs until none is due, in order. Of neighbours of one kind collections run together, and scores and reports of different countries side by side.
    /// </summary>
    public async Task Drain(CancellationToken cancel)
    {
        while (await installation.Jobs.Lease(Batched ? JobsInBatch : Environment.ProcessorCount, Visibility, cancel) is { Count: > 0 } leased)
        {
            using var batch = Batched ? installation.Database.Batch() : null;
            for (int i = 0, count; i < leased.Count; i += count)
            {
                var kind = leased[i].Job.GetType();
                count = leased.Skip(i).TakeWhile(each => each.Job.GetType() == kind).Count();
                await RunNeighbours([.. leased.Skip(i).Take(count)], cancel);
            }
        }
    }

    private async Task RunNeighbours(IReadOnlyList<Leased> leased, CancellationToken cancel)
    {
        if (leased[0].Job is Job.Collect)
        {
            await Settle(leased, () => installation.Runner.Run([.. leased.Select(each => (Job.Collect)each.Job)], cancel), cancel);
            return;
        }
        // The scores of one country are one judgement of all that changed; its reports follow each other.
        var lines = leased.GroupBy(each => (each.Job as Job.Score)?.Country ?? (each.Job as Job.Report)?.Country).Select(line => line.ToList()).ToList();
        await Parallel.ForEachAsync(
            lines, new ParallelOptions { MaxDegreeOfParallelism = Math.Min(lines.Count, Environment.ProcessorCount), CancellationToken = cancel }, async (line, token) =>
            {
                foreach (var same in line.Chunk(line[0].Job is Job.Score ? line.Count : 1))
                    await Settle(same, () => RunOne(Joined(same), token), token);
            });
    }

    private async Task<IReadOnlyList<Exception?>> RunOne(Job job, CancellationToken cancel)
    {
        await installation.Runner.Run(job, cancel);
        return [];
    }

    private static Job Joined(Leased[] same)
    {
        if (same.Length == 1)
            return same[0].Job;
        var scores = same.Select(each => (Job.Score)each.Job).ToList();
        return scores[0] with { Since = scores.Min(score => score.Since), Through = scores.Max(score => score.Through) };
    }

    /// <summary>Runs leased jobs as one and completes those that did not fail.</summary>
    private async Task Settle(IReadOnlyList<Leased> leased, Func<Task<IReadOnlyList<Exception?>>> run, CancellationToken cancel)
    {
        IReadOnlyList<Exception?> troubles;
        try
        {
            troubles = await run();
        }
        catch (Exception trouble) when (trouble is not OperationCanceledException || !cancel.IsCancellationRequested)
        {
            troubles = [.. leased.Select(_ => trouble)];
        }
        for (var i = 0; i < leased.Count; i++)
        {
            if (troubles.ElementAtOrDefault(i) is not { } trouble)
            {
                await installation.Jobs.Complete(leased[i]);
                continue;
            }
            Interlocked.Increment(ref failures);
            Failed?.Invoke(leased[i].Job, trouble);
            await installation.Jobs.Retry(leased[i], trouble.Message, Tries.After(leased[i].Delivery) ?? TimeSpan.Zero);
        }
    }

    private static IEnumerable<DateTimeOffset> Times(CronExpression when, DateTimeOffset after, DateTimeOffset until)
    {
        for (var at = NextOf(when, after); at <= until; at = NextOf(when, at))
            yield return at;
    }

    private static DateTimeOffset NextOf(CronExpression when, DateTimeOffset after) =>
        when.GetNextOccurrence(after, TimeZoneInfo.Utc) ?? DateTimeOffset.MaxValue;
}
