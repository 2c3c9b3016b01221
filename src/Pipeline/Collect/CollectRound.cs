using System.Globalization;
using System.Runtime.ExceptionServices;

namespace Pharos.Pipeline;

/// <summary>Collections with what follows them: readings, guard, score jobs.</summary>
/// <param name="collector">Brings a source's readings up to a moment.</param>
/// <param name="guard">Judges the sources and enqueues the countries.</param>
/// <param name="sources">Whom to ask.</param>
/// <param name="countries">About whom.</param>
/// <param name="start">From when a source is asked that was never asked before.</param>
public sealed class CollectRound(
    Collector collector, GuardPass guard, IReadOnlyList<ISource> sources, IReadOnlyList<Country> countries, Func<ISource, DateTimeOffset, DateTimeOffset> start)
{
    /// <summary>Age of a bin at which every country is judged in it, heard of or not: three bins, as many as make the state unknown.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    /// <summary>Runs one job alone.</summary>
    /// <exception cref="ArgumentException">No source of that name.</exception>
    public async Task Run(Job.Collect job, CancellationToken cancel)
    {
        if ((await Run([job], cancel))[0] is { } trouble)
            ExceptionDispatchInfo.Throw(trouble);
    }

    /// <summary>
    /// Runs jobs that are due together. 1. Collect from all side by side. 2. Let the guard judge once with all that came, and enqueue the countries with
    /// news; all of them when an earlier run died before it came so far. 3. Note that this is done.
    /// </summary>
    /// <returns>For each job what it failed with, or null: a source that fails does not stop the others.</returns>
    public async Task<IReadOnlyList<Exception?>> Run(IReadOnlyList<Job.Collect> jobs, CancellationToken cancel)
    {
        var gathered = await Task.WhenAll(jobs.Select(job => Task.Run(() => Gather(job, cancel), cancel)));
        var swept = gathered.Select(each => each.Swept).OfType<Swept>().ToList();
        if (swept.Count == 0)
            return [.. gathered.Select(each => each.Trouble)];
        var patient = Bin.Containing(jobs.Max(job => job.Until) - Patience) - 1;
        var through = swept.Max(each => each.LastKnown) is { } known && known > patient ? known : patient;
        var cause = string.Create(
            CultureInfo.InvariantCulture, $"{string.Join('+', swept.Select(each => each.Run.Source).Distinct())}-{jobs.Max(job => job.Until).ToUnixTimeSeconds()}");
        await guard.Run(Changed(swept, through), through, cause, cancel);
        foreach (var each in swept)
            await collector.Close(each, cancel);
        return [.. gathered.Select(each => each.Trouble)];
    }

    private async Task<(Swept? Swept, Exception? Trouble)> Gather(Job.Collect job, CancellationToken cancel)
    {
        try
        {
            var source = sources.FirstOrDefault(source => source.Name == job.Source)
                ?? throw new ArgumentException($"There is no source '{job.Source}'; there are {string.Join(", ", sources.Select(source => source.Name))}.", nameof(job));
            return (await collector.Collect(source, start(source, job.Until), job.Until, countries, cancel), null);
        }
        catch (Exception trouble) when (!cancel.IsCancellationRequested)
        {
            return (null, trouble);
        }
    }

    private Dictionary<Country, Bin> Changed(List<Swept> swept, Bin through)
    {
        var changed = new Dictionary<Country, Bin>();
        foreach (var (country, bin) in swept.SelectMany(each => each.EarliestChanged))
            changed[country] = Earlier(bin, changed.GetValueOrDefault(country, bin));
        if (swept.Min(each => each.Doubt) is { } doubt)
            foreach (var country in countries)
                changed[country] = Earlier(Bin.Containing(doubt), changed.GetValueOrDefault(country, through));
        return changed;
    }

    private static Bin Earlier(Bin left, Bin right) => left < right ? left : right;
}
