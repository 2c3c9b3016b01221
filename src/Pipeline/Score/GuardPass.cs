using System.Text;

namespace Pharos.Pipeline;

/// <summary>
/// What follows a collection. 1. Load all countries' readings from the first bin that changed. 2. Let the guard judge each signal in each
/// bin. 3. Keep the verdicts. 4. Enqueue one score job per country whose readings or verdicts changed.
/// </summary>
public sealed class GuardPass(ITables tables, Readings readings, GuardLog log, IJobs jobs, IReadOnlyList<Signal> signals, IReadOnlyList<Country> countries, Method method)
{
    /// <summary>How far back the latest reading of another source may lie, bins (1 h).</summary>
    private const int LookBack = 12;

    /// <summary>Where the last bin is kept that all countries were told to be judged in.</summary>
    private const string Pulse = "pulse";

    private readonly RowCache<Expectation> expectations = new(1024, Expectation.Read);

    /// <summary>
    /// Runs the pass for one collection. Countries without news are judged through the same bin: a country nobody hears of becomes unknown.
    /// </summary>
    /// <param name="changed">Countries whose stored readings changed, each with the first bin that did.</param>
    /// <param name="through">Last bin to judge.</param>
    /// <param name="cause">Identity of the collection, at most 60 characters.</param>
    /// <param name="cancel">Stops the pass; running it again is harmless.</param>
    public async Task Run(IReadOnlyDictionary<Country, Bin> changed, Bin through, string cause, CancellationToken cancel)
    {
        var pulse = await tables.Read(ScoreTables.Heads, Pulse, Pulse, cancel);
        var beat = pulse is null || string.CompareOrdinal(ScoreTables.Key(through), Encoding.ASCII.GetString(pulse.Body.Span)) > 0;
        var since = countries.Where(country => beat || changed.ContainsKey(country)).ToDictionary(country => country, country => changed.GetValueOrDefault(country, through + 1));
        if (countries.Count >= method.GuardCountries && changed.Count > 0 && changed.Values.Min() is var from && from <= through)
        {
            foreach (var bin in await Judge(from, through, cancel))
                foreach (var country in countries)
                    if (bin < since.GetValueOrDefault(country, through + 1))
                        since[country] = bin;
        }
        await jobs.Enqueue([.. since.OrderBy(pair => pair.Key).Select(pair => new Job.Score(pair.Key.Code, pair.Value, through, cause))], due: null, cancel);
        if (beat)
            await tables.Write(ScoreTables.Heads, new Row(Pulse, Pulse, Encoding.ASCII.GetBytes(ScoreTables.Key(through))), Expect.Anything, cancel);
    }

    /// <summary>Judges all signals; returns for each signal with a new verdict the first bin it is new in.</summary>
    private async Task<IReadOnlyCollection<Bin>> Judge(Bin from, Bin through, CancellationToken cancel)
    {
        var start = from - LookBack;
        var world = new WorldReadings(signals, countries, start, through);
        await world.Load(tables, expectations, readings, cancel);
        var kept = await log.Recall(from - 1, through, signals, cancel);
        var moved = new Dictionary<Signal, Bin>();
        var samples = new List<GuardSample>(countries.Count);
        for (var i = 0; i < signals.Count; i++)
        {
            var before = kept[0][i];
            for (var bin = from; bin <= through; bin += 1)
            {
                world.Samples(i, bin, samples, LookBack, method);
                var verdict = Guard.Judge(before, samples, method);
                var old = kept[bin - from + 1][i];
                if (!GuardLog.Same(old, verdict))
                    await log.Write(bin, signals[i], verdict, cancel);
                if (!GuardLog.SameForCountries(old, verdict))
                    moved.TryAdd(signals[i], bin);
                before = verdict;
            }
        }
        return moved.Values;
    }
}
