namespace Pharos.Standalone;

/// <summary>A stretch of the past to run through the pipeline.</summary>
/// <param name="Name">What the user asked for.</param>
/// <param name="Title">One line that says what it is.</param>
/// <param name="Period">From where to where.</param>
/// <param name="LiveFrom">Up to here whole days are filled in, from here on rounds are run as a live installation would.</param>
/// <param name="LiveUntil">From here on whole days are filled in again.</param>
/// <param name="Countries">Its countries.</param>
/// <param name="Timetable">When its sources are asked.</param>
/// <param name="Upstream">Makes the answers of its upstreams; null for a dataset.</param>
/// <param name="Dataset">The dataset; null for a scenario.</param>
internal sealed record Past(
    string Name, string Title, Interval Period, DateTimeOffset LiveFrom, DateTimeOffset LiveUntil, IReadOnlyList<Country> Countries, IReadOnlyList<ScheduleEntry> Timetable,
    Func<TimeProvider, HttpMessageHandler>? Upstream, Dataset? Dataset)
{
    /// <summary>A built-in scenario by name, or a dataset by folder.</summary>
    /// <exception cref="ArgumentException">Neither; the message lists what there is.</exception>
    public static Past Of(string name)
    {
        if (Scenarios.Names.Contains(name) && Scenarios.ByName(name) is { } scenario)
            return new Past(name, scenario.Title, scenario.Period, scenario.LiveFrom, scenario.LiveUntil, scenario.Countries, Schedule.All, clock => new ScenarioUpstream(scenario, clock), null);
        if (!Directory.Exists(name))
            throw new ArgumentException($"'{name}' is neither a built-in scenario ({string.Join(", ", Scenarios.Names)}) nor a folder with dataset.json and readings.csv.", nameof(name));
        var dataset = Dataset.Open(name);
        var cadence = dataset.Signals.Min(signal => signal.Cadence);
        var cron = cadence < TimeSpan.FromHours(1) ? $"0 */{(int)cadence.TotalMinutes} * * * *" : "0 0 * * * *";
        return new Past(
            dataset.Name, dataset.Title, dataset.Period, dataset.Period.Start, dataset.Period.End, dataset.Countries, [Schedule.Collect(dataset.Name, cron), Schedule.All[^1]], null, dataset);
    }
}

/// <summary>Runs the past through the pipeline on a virtual clock, as fast as the machine can.</summary>
internal static class Replay
{
    /// <summary>Single results of probes are the most to ask for, and a week of them is all a level remembers: no installation asks for more of the past.</summary>
    private static readonly TimeSpan ProbeDays = TimeSpan.FromDays(7);

    /// <summary>1. Fill in whole days. 2. Run every round of the live part. 3. Fill in the days after it. 4. Write what was found.</summary>
    /// <param name="past">What to replay.</param>
    /// <param name="data">Folder of the installation; it is left as it is.</param>
    /// <param name="tables">Tables in place of those in the folder; null for the folder.</param>
    /// <param name="output">Folder for the results.</param>
    /// <param name="subscribers">Who gets letters.</param>
    /// <param name="progress">Told the virtual time reached.</param>
    /// <param name="cancel">Stops between jobs.</param>
    public static async Task<ReplayOutcome> Run(
        Past past, string data, ITables? tables, string output, IReadOnlyList<Subscription> subscribers, Action<DateTimeOffset> progress, CancellationToken cancel)
    {
        var clock = new VirtualClock(past.LiveFrom > past.Period.Start ? past.LiveFrom : past.Period.Start);
        var letters = Path.Combine(output, "letters");
        var settings = new InstallationSettings
        {
            Folder = data, Tables = tables, Countries = past.Countries, Start = (source, _) => source is RipeAtlas && past.LiveFrom - ProbeDays > past.Period.Start ? past.LiveFrom - ProbeDays : past.Period.Start, KeepRaw = false, Upstream = past.Upstream?.Invoke(clock), Dataset = past.Dataset,
            Mail = new EmlFolder(letters), From = "pharos@example.org",
        };
        using var installation = new Installation(settings, clock);
        foreach (var subscriber in subscribers)
            await installation.Subscribers.Write(subscriber, cancel);
        var troubles = new List<string>();
        var rounds = new Rounds(installation, past.Timetable) { Batched = true, Failed = (job, trouble) => troubles.Add($"{job.Id}: {trouble.Message}") };
        await rounds.Backfill(past.Period.Start, past.LiveFrom, progress, cancel);
        var live = past.LiveUntil < past.Period.End ? past.LiveUntil : past.Period.End;
        for (var now = past.LiveFrom; now < live;)
        {
            var next = rounds.Next(now);
            var until = next < live ? next : live;
            clock.MoveTo(until);
            await rounds.Enqueue(now, until, cancel);
            await rounds.Drain(cancel);
            progress(until);
            now = until;
        }
        for (var day = live; day < past.Period.End; day = day.AddDays(1))
        {
            var end = day.AddDays(1) < past.Period.End ? day.AddDays(1) : past.Period.End;
            clock.MoveTo(end);
            await rounds.Backfill(day, end, progress, cancel);
        }
        return await ReplayOutput.Write(installation, past, output, troubles, cancel);
    }
}
