namespace Pharos.Standalone;

/// <summary>
/// Keeps a live installation going. 1. Look for what a crash left behind. 2. Fill in the past at the first start. 3. Enqueue what is on the
/// timetable, and run what is due, until stopped.
/// </summary>
internal sealed class Clockwork(Installation installation, int backfillDays, Action<string> say)
{
    private static readonly TimeSpan Pulse = TimeSpan.FromSeconds(1);
    private readonly HashSet<string> unreachable = [];

    public async Task Run(CancellationToken cancel)
    {
        var clock = installation.Clock;
        var rounds = new Rounds(installation, Schedule.All) { Failed = (job, trouble) => say($"{job.Id} failed and will be tried again: {trouble.Message}") };
        await installation.Jobs.Recover(cancel);
        var now = clock.GetUtcNow();
        await installation.Jobs.Enqueue([new Job.Sweep(now)], due: null, cancel);
        await rounds.Drain(cancel);
        if ((await new SourceRuns(installation.Tables).Read(cancel)).Count == 0 && backfillDays > 0)
        {
            say($"first start: filling in {backfillDays} days");
            var until = Bin.Containing(now).Start;
            await rounds.Backfill(until.AddDays(-backfillDays), until, day => say($"filled in to {day:u}"), cancel);
            await Report(cancel);
        }
        // At the start every source is asked at once, whatever the timetable says: nothing is taken from "now" but the moment to ask.
        await installation.Jobs.Enqueue([.. installation.Sources.Select(source => new Job.Collect(source.Name, Bin.Containing(clock.GetUtcNow()).Start))], due: null, cancel);
        while (!cancel.IsCancellationRequested)
        {
            await rounds.Drain(cancel);
            await Report(cancel);
            var before = now;
            now = clock.GetUtcNow();
            await rounds.Enqueue(before, now, cancel);
            await Task.Delay(Pulse, clock, cancel);
        }
    }

    /// <summary>Says once when a source falls silent and once when it is back.</summary>
    private async Task Report(CancellationToken cancel)
    {
        foreach (var run in await new SourceRuns(installation.Tables).Read(cancel))
        {
            if (run.FailingSince is { } since && unreachable.Add(run.Source))
                say($"{run.Source} is unreachable since {since:u}: {run.Reason}");
            if (run.FailingSince is null && unreachable.Remove(run.Source))
                say($"{run.Source} answers again");
        }
    }
}
