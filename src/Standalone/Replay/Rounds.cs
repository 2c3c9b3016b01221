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

    /// <summary>Jobs that failed and wait for another try, counted since the start.</summary>
    public int Failures { get; private set; }

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

    /// <summary>Runs jobs until none is due. Scores of different countries run side by side, everything else in order.</summary>
    public async Task Drain(CancellationToken cancel)
    {
        while (await installation.Jobs.Lease(Batched ? JobsInBatch : Environment.ProcessorCount, Visibility, cancel) is { Count: > 0 } leased)
        {
            using var batch = Batched ? installation.Database.Batch() : null;
            foreach (var run in Runs(leased))
                await Parallel.ForEachAsync(
                    run, new ParallelOptions { MaxDegreeOfParallelism = Math.Min(run.Count, Environment.ProcessorCount), CancellationToken = cancel }, RunOne);
        }
    }

    /// <summary>
    /// Groups jobs: neighbouring scores run side by side, those of one country as one judgement of all that changed; others alone.
    /// </summary>
    private static IEnumerable<IReadOnlyList<IReadOnlyList<Leased>>> Runs(IReadOnlyList<Leased> leased)
    {
        for (int i = 0, count; i < leased.Count; i += count)
        {
            count = 1;
            if (leased[i].Job is not Job.Score)
            {
                yield return [[leased[i]]];
                continue;
            }
            while (i + count < leased.Count && leased[i + count].Job is Job.Score)
                count++;
            yield return [.. leased.Skip(i).Take(count).GroupBy(each => ((Job.Score)each.Job).Country).Select(each => each.ToList())];
        }
    }

    private static Job Joined(IReadOnlyList<Leased> same)
    {
        if (same.Count == 1)
            return same[0].Job;
        var scores = same.Select(each => (Job.Score)each.Job).ToList();
        return scores[0] with { Since = scores.Min(score => score.Since), Through = scores.Max(score => score.Through) };
    }

    private async ValueTask RunOne(IReadOnlyList<Leased> same, CancellationToken cancel)
    {
        var job = Joined(same);
        try
        {
            await installation.Runner.Run(job, cancel);
            foreach (var leased in same)
                await installation.Jobs.Complete(leased);
        }
        catch (Exception trouble) when (trouble is not OperationCanceledException || !cancel.IsCancellationRequested)
        {
            Failures++;
            Failed?.Invoke(job, trouble);
            foreach (var leased in same)
                await installation.Jobs.Retry(leased, trouble.Message, Tries.After(leased.Delivery) ?? TimeSpan.Zero);
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
