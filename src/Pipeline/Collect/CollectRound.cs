using System.Globalization;

namespace Pharos.Pipeline;

/// <summary>One collection with what follows it: readings, guard, score jobs.</summary>
/// <param name="collector">Brings a source's readings up to a moment.</param>
/// <param name="guard">Judges the source and enqueues the countries.</param>
/// <param name="sources">Whom to ask.</param>
/// <param name="countries">About whom.</param>
/// <param name="start">From when a source is asked that was never asked before.</param>
public sealed class CollectRound(
    Collector collector, GuardPass guard, IReadOnlyList<ISource> sources, IReadOnlyList<Country> countries, Func<ISource, DateTimeOffset, DateTimeOffset> start)
{
    /// <summary>Age of a bin at which every country is judged in it, heard of or not: three bins, as many as make the state unknown.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    /// <summary>
    /// Runs one job. 1. Collect. 2. Let the guard judge, and enqueue the countries with news; all of them when an earlier run died before it came so far.
    /// 3. Note that this is done.
    /// </summary>
    /// <exception cref="ArgumentException">No source of that name.</exception>
    public async Task<Swept> Run(Job.Collect job, CancellationToken cancel)
    {
        var source = sources.FirstOrDefault(source => source.Name == job.Source)
            ?? throw new ArgumentException($"There is no source '{job.Source}'; there are {string.Join(", ", sources.Select(source => source.Name))}.", nameof(job));
        var swept = await collector.Collect(source, start(source, job.Until), job.Until, countries, cancel);
        var patient = Bin.Containing(job.Until - Patience) - 1;
        var through = swept.LastKnown is { } known && known > patient ? known : patient;
        var changed = swept.EarliestChanged;
        if (swept.Doubt is { } doubt)
            changed = countries.ToDictionary(country => country, country => Earlier(swept.EarliestChanged.GetValueOrDefault(country, through), Bin.Containing(doubt)));
        await guard.Run(changed, through, string.Create(CultureInfo.InvariantCulture, $"{source.Name}-{job.Until.ToUnixTimeSeconds()}"), cancel);
        await collector.Close(swept, cancel);
        return swept;
    }

    private static Bin Earlier(Bin left, Bin right) => left < right ? left : right;
}
