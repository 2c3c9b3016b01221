using System.Buffers;
using System.Text.Json;

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
        var judged = LastJudged(head);
        var through = Later(job.Through, judged);
        if (job.Since > job.Through && judged >= job.Through)
            return;
        var since = Earlier(job.Since, through);
        var state = await Nearest(country, since, cancel);
        var from = state.Last is { } last ? last + 1 : since;
        var grid = await readings.Read(country, from, through, signals, cancel);
        var verdicts = await guard.Read(from, through, signals, cancel);
        var told = await events.Latest(country, cancel);

        var judgedBins = new Dictionary<int, int>();
        var assessments = await Fold(state, grid, verdicts, judgedBins, cancel);
        var changes = Ledger.Reconcile(country, told, state.Events(), from, clock.GetUtcNow(), method.Version);

        await events.Append(changes, cancel);
        await jobs.Enqueue([.. changes.Select(change => new Job.Report(country.Code, change.Event, change.Number))], due: null, cancel);
        await tables.WriteAll(ScoreTables.Assessments, assessments, cancel);
        await new Observed(tables).Write(country, judgedBins, cancel);
        var expect = head is null ? Expect.Absent : Expect.SameVersion;
        await tables.Write(ScoreTables.Heads, new Row(ScoreTables.World, country.Code, Line(state.Assessment()), head?.Version), expect, cancel);
    }

    private static Bin? LastJudged(Row? head)
    {
        if (head is null)
            return null;
        var reader = new Utf8JsonReader(head.Body.Span);
        reader.Read();
        reader.Read();
        reader.Read();
        return Bin.Parse(reader.GetString()!);
    }

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

    /// <summary>Folds every bin, keeps what each hour leaves behind, and returns the rows of assessments.</summary>
    private async Task<List<Row>> Fold(CountryState state, ReadingGrid grid, GuardVerdict[][] verdicts, Dictionary<int, int> judgedBins, CancellationToken cancel)
    {
        var through = grid.From + (grid.Bins - 1);
        var saved = new List<Row>();
        var seen = 0;
        var buffer = new ArrayBufferWriter<byte>(16 * 1024);
        using var json = new Utf8JsonWriter(buffer);
        for (var bin = grid.From; bin <= through; bin += 1)
        {
            Detector.Fold(state, bin, grid[bin], verdicts[bin - grid.From]);
            json.Reset();
            var assessment = state.Assessment();
            AssessmentJson.Write(json, assessment);
            json.Flush();
            buffer.Write("\n"u8);
            seen += assessment.Now == Now.Unknown ? 0 : 1;
            var hourEnds = (bin + 1).Hour != bin.Hour;
            if (hourEnds || bin == through)
            {
                saved.Add(new Row(state.Country.Code, ScoreTables.HourKey(bin.Hour), buffer.WrittenSpan.ToArray()));
                buffer.Clear();
            }
            if (!hourEnds)
                continue;
            (judgedBins[bin.Hour], seen) = (seen, 0);
            await CloseHour(state, bin, through, cancel);
        }
        return saved;
    }

    private async Task CloseHour(CountryState state, Bin bin, Bin through, CancellationToken cancel)
    {
        if (bin.OfDay + 1 == Expectation.WrittenAtHour * Bin.PerHour)
        {
            var tomorrow = bin.Day.AddDays(1);
            var row = new Row(ScoreTables.DayKey(tomorrow), state.Country.Code, Expectation.Of(state, tomorrow).Write());
            await tables.Write(ScoreTables.Expected, row, Expect.Anything, cancel);
        }
        if (through.Hour - bin.Hour > HoursKept)
            return;
        await tables.Write(ScoreTables.Checkpoints, new Row(state.Country.Code, ScoreTables.HourKey(bin.Hour), Checkpoint.Write(state)), Expect.Anything, cancel);
        if (through.Hour - bin.Hour > 1)
            return;
        var stale = new List<string>();
        await foreach (var row in tables.Query(ScoreTables.Checkpoints, state.Country.Code, from: null, ScoreTables.HourKey(bin.Hour - HoursKept), cancel))
            stale.Add(row.Key);
        foreach (var key in stale)
            await tables.Delete(ScoreTables.Checkpoints, state.Country.Code, key, cancel);
    }

    private static byte[] Line(Assessment assessment)
    {
        using var memory = new MemoryStream(1024);
        using (var json = new Utf8JsonWriter(memory))
            AssessmentJson.Write(json, assessment);
        return memory.ToArray();
    }
}
