namespace Pharos.Standalone;

/// <summary>
/// Keeps a live installation going. 1. Look for what a crash left behind. 2. Fill in what is missing of the past, day by day. 3. Enqueue what is on the
/// timetable, and run what is due, until stopped.
/// </summary>
internal sealed class Clockwork(Installation installation, DateTimeOffset since, Action<string> say)
{
    private static readonly TimeSpan Pulse = TimeSpan.FromSeconds(1);

    /// <summary>A longer gap is filled in day by day, so that the guard sees each day as it would have.</summary>
    private static readonly TimeSpan LongestJump = TimeSpan.FromDays(1);
    private readonly HashSet<string> unreachable = [];

    public async Task Run(CancellationToken cancel)
    {
        var clock = installation.Clock;
        var rounds = new Rounds(installation, Schedule.All) { Failed = (job, trouble) => say($"{job.Id} failed and will be tried again: {trouble.Message}") };
        await installation.Jobs.Recover(cancel);
        // Shared storage may have another process, with letters in its hands: its leases end by themselves.
        if (installation.Settings.Storage is null)
            await installation.Mailroom.Recover(cancel);
        var now = clock.GetUtcNow();
        await installation.Jobs.Enqueue([new Job.Sweep(now)], due: null, cancel);
        await rounds.Drain(cancel);
        var until = Bin.Containing(now).Start;
        if (await HeardUntil(cancel) is var heard && until - heard >= LongestJump)
        {
            say($"filling in since {heard:u}");
            await rounds.Backfill(heard, until, day => say($"filled in to {day:u}"), cancel);
            await Report(cancel);
        }
        // At the start every source is asked at once, whatever the timetable says. To the second, so that it is another job than one that died.
        await installation.Jobs.Enqueue([.. installation.Sources.Select(source => new Job.Collect(source.Name, clock.GetUtcNow()))], due: null, cancel);
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

    /// <summary>Until when every source was heard; never longer ago than is to be filled in.</summary>
    private async Task<DateTimeOffset> HeardUntil(CancellationToken cancel)
    {
        var runs = await new SourceRuns(installation.Tables).Read(cancel);
        var heard = installation.Sources.Min(source => runs.FirstOrDefault(run => run.Source == source.Name)?.Watermark ?? since);
        return heard > since ? heard : since;
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
