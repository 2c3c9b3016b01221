namespace Pharos.Pipeline;

/// <summary>
/// Brings a source's readings up to a moment, from where it was last heard, country by country. First it is noted from where on readings may
/// change, then they are stored, then what the source remembers, then the watermark: a crash repeats work and loses nothing, and doing it twice
/// changes nothing.
/// </summary>
public sealed class Collector(ITables tables, Readings readings, TimeProvider clock)
{
    /// <summary>Rejects stored with their excerpt per run; all are counted.</summary>
    public const int MostRejects = 200;

    private readonly SourceRuns runs = new(tables);

    /// <summary>
    /// 1. Group the countries by how far they were heard: one whose questions failed is asked again from there, without holding up the others.
    /// 2. For each group, ask window by window from its mark minus the overlap; now and then from twice the settle lag, for the stragglers.
    /// 3. Note that readings will change, store, remember, advance the mark of the countries that were heard; the others wait for the next run.
    /// </summary>
    /// <param name="source">Whom to ask.</param>
    /// <param name="start">From when, on a fresh store and for a country that is new.</param>
    /// <param name="until">Until when; the bin that contains it is not over and not asked about.</param>
    /// <param name="countries">About whom.</param>
    /// <param name="cancel">Stops between windows and questions.</param>
    /// <exception cref="ConflictException">Somebody else collects from the same source; run again.</exception>
    public async Task<Swept> Collect(
        ISource source, DateTimeOffset start, DateTimeOffset until, IReadOnlyList<Country> countries, CancellationToken cancel)
    {
        (start, until) = (Bin.Containing(start).Start, Bin.Containing(until).Start);
        var (run, version) = await runs.Read(source.Name, cancel) ?? (new SourceRun { Source = source.Name, Since = start, Reread = until }, null);
        var overlap = Overlap(source, run, until);
        var sweep = new Sweep(run with { Answers = 0, Failures = 0, Changed = 0, Late = 0, Rejected = 0 });

        var groups = countries.GroupBy(country => Mark(run, country)).OrderBy(each => each.Key)
            .Select(each => (Mark: each.Key, Countries: each.ToList(), From: each.Key is { } mark ? Later(mark - overlap, run.Since) : start)).ToList();
        if (groups.Where(group => group.From < until && !(group.Mark > until)).Min(group => (DateTimeOffset?)group.From) is { } first)
            version = await runs.Write(sweep.Open(first), version, cancel);
        foreach (var (reached, asked, from) in groups)
        {
            foreach (var window in Windows(from, until, reached, source.LongestWindow))
            {
                var collected = await source.Collect(window, reached, asked, cancel);
                var written = await readings.Write(collected.Readings, each => IsLate(each, reached, until), cancel);
                if (collected.Remember is { } remember)
                    await remember(cancel);
                await runs.Write(source.Name, DateOnly.FromDateTime(window.Start.UtcDateTime), sweep.Keep(collected.Rejects), cancel);

                asked.RemoveAll(collected.Unheard.Contains);
                sweep.Add(window, asked, collected, written, clock.GetUtcNow());
                version = await runs.Write(sweep.Run, version, cancel);
                if (asked.Count == 0)
                    break;
            }
        }
        if (overlap > source.Overlap && sweep.Run.Answers > 0)
            version = await runs.Write(sweep.Reread(until), version, cancel);
        return sweep.Swept(run.Unjudged, version);
    }

    /// <summary>Notes that every country that the readings of a collection concern is being judged with them.</summary>
    /// <exception cref="ConflictException">Somebody else collects from the same source; run again.</exception>
    public async Task Close(Swept swept, CancellationToken cancel)
    {
        if (swept.Run.Unjudged is not null)
            await runs.Write(swept.Run with { Unjudged = null }, swept.Version, cancel);
    }

    private static DateTimeOffset? Mark(SourceRun run, Country country) => run.Marks.TryGetValue(country.Code, out var mark) ? mark : null;

    // Each bin is read a last time when it is between one and two settle lags old.
    private static TimeSpan Overlap(ISource source, SourceRun run, DateTimeOffset until)
    {
        var settled = source.Signals.Max(signal => signal.SettleLag);
        var due = settled > source.Overlap && until - run.Reread >= settled;
        return due ? 2 * settled : source.Overlap;
    }

    private static IEnumerable<Interval> Windows(DateTimeOffset from, DateTimeOffset until, DateTimeOffset? mark, TimeSpan longest)
    {
        if (mark > until)
            yield break;
        for (var start = from; start < until; start += longest)
            yield return new Interval(start, start + longest < until ? start + longest : until);
    }

    // Late is what comes after its signal is said to be settled, though the source was heard about that time before.
    private static bool IsLate(SignalReading each, DateTimeOffset? mark, DateTimeOffset until) =>
        each.Bin.Start < mark && each.Bin.End + each.Signal.SettleLag < until;

    private static DateTimeOffset Later(DateTimeOffset left, DateTimeOffset right) => left > right ? left : right;
}
