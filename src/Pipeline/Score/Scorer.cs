namespace Pharos.Pipeline;

/// <summary>Judges one country again: load, decide, save. Running it twice writes the same bytes.</summary>
public sealed class Scorer(ITables tables, Readings readings, GuardLog guard, EventLog events, IJobs jobs, IReadOnlyList<Signal> signals, Method method, TimeProvider clock)
{
    /// <summary>Hours of checkpoints kept: late readings within them are folded in as if they had come in time.</summary>
    private const int HoursKept = 8;

    /// <summary>Runs one job.</summary>
    /// <exception cref="ConflictException">Another worker judged the country at the same time; run the job again.</exception>
    public async Task Run(Job.Score job, CancellationToken cancel)
    {
        var country = Country.Parse(job.Country);
        var head = await tables.Read(ScoreTables.Heads, ScoreTables.World, country.Code, cancel);
        Bin? judged = head is null ? null : Assessments.Time(head.Body.Span);
        var through = Later(job.Through, judged);
        if (job.Since > job.Through && judged >= job.Through)
            return;
        var since = Earlier(job.Since, through);
        var state = await Nearest(country, since, cancel);
        var from = state.Last is { } last ? last + 1 : await Began(country, cancel) is { } began ? Earlier(began, since) : since;
        var grid = await readings.Read(country, from, through, signals, cancel);
        var verdicts = await guard.Read(from, through, signals, cancel);
        var told = await events.Told(country, from, cancel);

        var (assessments, checkpoints, seen) = await Fold(state, grid, verdicts, since, cancel);
        var changes = Ledger.Reconcile(country, told, EventLog.NotSettled(state.Events(), from), from, clock.GetUtcNow(), method.Version);

        await events.Append(changes, cancel);
        await jobs.Enqueue([.. changes.Select(change => new Job.Report(country.Code, change.Event, change.Number))], due: null, cancel);
        await tables.WriteAll(ScoreTables.Assessments, assessments, cancel);
        await new Observed(tables).Write(country, seen, cancel);
        // After what they stand behind: a run that starts from a checkpoint does not tell again what came before it.
        await Keep(country, checkpoints, cancel);
        var expect = head is null ? Expect.Absent : Expect.SameVersion;
        await tables.Write(ScoreTables.Heads, new Row(ScoreTables.World, country.Code, AssessmentJson.Line(state.Assessment()), head?.Version), expect, cancel);
    }

    /// <summary>The first bin of the record, which is begun again while no hour of it has ended; null before the first.</summary>
    private Task<Bin?> Began(Country country, CancellationToken cancel) => new Assessments(tables).Since(country, cancel);

    private static Bin Earlier(Bin left, Bin right) => left < right ? left : right;

    private static Bin Later(Bin asked, Bin? judged) => judged is { } bin && bin > asked ? bin : asked;

    /// <summary>
    /// The latest checkpoint before a bin; for readings later than every checkpoint the oldest one (they stay in the readings for the nightly
    /// refold); a new state where there is none.
    /// </summary>
    private async Task<CountryState> Nearest(Country country, Bin since, CancellationToken cancel)
    {
        var nearest = await tables.Read(ScoreTables.Checkpoints, country.Code, ScoreTables.HourKey(since.Hour - 1), cancel);
        if (nearest is null)
        {
            await foreach (var row in tables.Query(ScoreTables.Checkpoints, country.Code, from: null, until: null, cancel))
                if (nearest is null || string.CompareOrdinal(row.Key, ScoreTables.HourKey(since.Hour)) < 0)
                    nearest = row;
        }
        return nearest is null ? new CountryState(country, signals, method) : Checkpoint.Read(nearest.Body, signals, method);
    }

    /// <summary>Folds every bin and returns the rows of assessments, lines before the first change as they were, and of checkpoints, and how many bins of each whole hour were seen.</summary>
    private async Task<(List<Row> Assessments, List<Row> Checkpoints, Dictionary<int, int> Seen)> Fold(
        CountryState state, ReadingGrid grid, GuardVerdict[][] verdicts, Bin since, CancellationToken cancel)
    {
        var through = grid.From + (grid.Bins - 1);
        var (saved, checkpoints) = (new List<Row>(), new List<Row>());
        var (seen, seenBins) = (new Dictionary<int, int>(), 0);
        var lines = new AssessmentBytes(signals);
        var kept = await KeptLines(lines, state.Country, grid.From, since, cancel);
        lines.Begin(kept.Span);
        var writtenFrom = kept.IsEmpty ? grid.From : since;
        for (var bin = grid.From; bin <= through; bin += 1)
        {
            Detector.Fold(state, bin, grid[bin], verdicts[bin - grid.From]);
            var hourEnds = (bin + 1).Hour != bin.Hour;
            seenBins += state.IsSeen ? 1 : 0;
            if (hourEnds)
                (seen[bin.Hour], seenBins) = (seenBins, 0);
            if (bin >= writtenFrom)
            {
                lines.Add(state.Assessment());
                if (hourEnds || bin == through)
                {
                    saved.Add(new Row(state.Country.Code, ScoreTables.HourKey(bin.Hour), lines.Hour));
                    lines.Begin();
                }
            }
            if (hourEnds && bin.OfDay + 1 == Expectation.WrittenAtHour * Bin.PerHour)
                await WriteExpectation(state, bin.Day.AddDays(1), cancel);
            if (hourEnds && through.Hour - bin.Hour <= HoursKept)
                checkpoints.Add(new Row(state.Country.Code, ScoreTables.HourKey(bin.Hour), Checkpoint.Write(state)));
        }
        return (saved, checkpoints, seen);
    }

    /// <summary>The lines of the hour of the first change that lie before it; empty when not all of them are there.</summary>
    private async Task<ReadOnlyMemory<byte>> KeptLines(AssessmentBytes lines, Country country, Bin from, Bin since, CancellationToken cancel)
    {
        var first = new Bin(since.Hour * Bin.PerHour);
        return since > from && since > first && await tables.Read(ScoreTables.Assessments, country.Code, ScoreTables.HourKey(since.Hour), cancel) is { } row
            ? lines.Start(row.Body, since - first)
            : default;
    }

    private async Task WriteExpectation(CountryState state, DateOnly day, CancellationToken cancel)
    {
        var row = new Row(ScoreTables.DayKey(day), state.Country.Code, Expectation.Of(state, day).Write());
        await tables.Write(ScoreTables.Expected, row, Expect.Anything, cancel);
    }

    /// <summary>Keeps the newest checkpoints and removes those that are too old to start from.</summary>
    private async Task Keep(Country country, List<Row> checkpoints, CancellationToken cancel)
    {
        if (checkpoints.Count == 0)
            return;
        await tables.WriteAll(ScoreTables.Checkpoints, checkpoints, cancel);
        var oldest = int.Parse(checkpoints[^1].Key, System.Globalization.CultureInfo.InvariantCulture) - HoursKept;
        var stale = new List<string>();
        await foreach (var row in tables.Query(ScoreTables.Checkpoints, country.Code, from: null, ScoreTables.HourKey(oldest), cancel))
            stale.Add(row.Key);
        foreach (var key in stale)
            await tables.Delete(ScoreTables.Checkpoints, country.Code, key, cancel);
    }
}
