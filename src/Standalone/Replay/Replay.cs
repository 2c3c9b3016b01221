namespace Pharos.Standalone;

/// <summary>A stretch of the past to run through the pipeline.</summary>
/// <param name="Name">What the user asked for.</param>
/// <param name="Title">One line that says what it is.</param>
/// <param name="Period">From where to where.</param>
/// <param name="LiveFrom">Up to here whole days are filled in, from here on rounds are run as a live installation would.</param>
/// <param name="Countries">Its countries.</param>
/// <param name="Timetable">When its sources are asked.</param>
/// <param name="Upstream">Makes the answers of its upstreams; null for a dataset.</param>
/// <param name="Dataset">The dataset; null for a scenario.</param>
internal sealed record Past(
    string Name, string Title, Interval Period, DateTimeOffset LiveFrom, IReadOnlyList<Country> Countries, IReadOnlyList<ScheduleEntry> Timetable,
    Func<TimeProvider, HttpMessageHandler>? Upstream, Dataset? Dataset)
{
    /// <summary>A built-in scenario by name, or a dataset by folder.</summary>
    /// <exception cref="ArgumentException">Neither; the message lists what there is.</exception>
    public static Past Of(string name)
    {
        if (Scenarios.Names.Contains(name) && Scenarios.ByName(name) is { } scenario)
            return new Past(name, scenario.Title, scenario.Period, scenario.LiveFrom, scenario.Countries, Schedule.All, clock => new ScenarioUpstream(scenario, clock), null);
        if (!Directory.Exists(name))
            throw new ArgumentException($"'{name}' is neither a built-in scenario ({string.Join(", ", Scenarios.Names)}) nor a folder with dataset.json and readings.csv.", nameof(name));
        var dataset = Dataset.Open(name);
        var cadence = dataset.Signals.Min(signal => signal.Cadence);
        var cron = cadence < TimeSpan.FromHours(1) ? $"0 */{(int)cadence.TotalMinutes} * * * *" : "0 0 * * * *";
        return new Past(
            dataset.Name, dataset.Title, dataset.Period, dataset.Period.Start, dataset.Countries, [Schedule.Collect(dataset.Name, cron), Schedule.All[^1]], null, dataset);
    }
}

/// <summary>Runs the past through the pipeline on a virtual clock, as fast as the machine can.</summary>
internal static class Replay
{
    /// <summary>1. Fill in whole days. 2. Run every round up to the end. 3. Write what was found.</summary>
    /// <param name="past">What to replay.</param>
    /// <param name="data">Folder of the installation; it is left as it is.</param>
    /// <param name="storage">Tables and blobs in Azure in place of the folder; null for the folder.</param>
    /// <param name="output">Folder for the results.</param>
    /// <param name="subscribers">Who gets letters.</param>
    /// <param name="progress">Told the virtual time reached.</param>
    /// <param name="cancel">Stops between jobs.</param>
    public static async Task<ReplayOutcome> Run(
        Past past, string data, AzureStorage? storage, string output, IReadOnlyList<Subscription> subscribers, Action<DateTimeOffset> progress, CancellationToken cancel)
    {
        var clock = new VirtualClock(past.LiveFrom > past.Period.Start ? past.LiveFrom : past.Period.Start);
        var letters = Path.Combine(output, "letters");
        var settings = new InstallationSettings
        {
            Folder = data, Storage = storage, Countries = past.Countries, Start = (_, _) => past.Period.Start, KeepRaw = false, ForOneRun = true, Upstream = past.Upstream?.Invoke(clock), Dataset = past.Dataset,
            Mail = new EmlFolder(letters), From = "pharos@example.org",
        };
        using var installation = new Installation(settings, clock);
        foreach (var subscriber in subscribers)
            await installation.Subscribers.Write(subscriber, cancel);
        var troubles = new List<string>();
        var rounds = new Rounds(installation, past.Timetable) { Batched = true, Failed = (job, trouble) => troubles.Add($"{job.Id}: {trouble.Message}") };
        await rounds.Backfill(past.Period.Start, past.LiveFrom, progress, cancel);
        for (var now = past.LiveFrom; now < past.Period.End;)
        {
            var next = rounds.Next(now);
            var until = next < past.Period.End ? next : past.Period.End;
            clock.MoveTo(until);
            await rounds.Enqueue(now, until, cancel);
            await rounds.Drain(cancel);
            progress(until);
            now = until;
        }
        return await ReplayOutput.Write(installation, past, output, troubles, cancel);
    }
}
