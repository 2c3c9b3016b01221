using Microsoft.Extensions.Time.Testing;

namespace Pharos.Pipeline.Tests;

public class ScorerCrashTests
{
    private static readonly Bin Start = Bin.Parse("2026-03-01T00:00:00Z");
    private static readonly Bin Through = Start + (2 * Bin.PerDay) - 1;
    private static readonly Signal[] Two = [Signals.IodaBgp, Signals.IodaPing];

    [Fact]
    public async Task A_score_that_dies_at_any_write_and_runs_again_leaves_what_an_undisturbed_one_leaves()
    {
        var (calm, steps) = await Run(dieAt: null);
        Assert.Contains(calm.Keys, row => row.StartsWith("events", StringComparison.Ordinal));
        Assert.Equal(48, calm.Keys.Count(row => row.StartsWith("assessments", StringComparison.Ordinal)));
        Assert.InRange(steps, 6, 100);
        for (var step = 0; step < steps; step++)
        {
            var (mended, _) = await Run(step);
            Assert.Equal(calm.Keys, mended.Keys);
            Assert.All(calm, row => Assert.True(row.Value.Span.SequenceEqual(mended[row.Key].Span), $"Died at step {step}: {row.Key} differs."));
        }
    }

    /// <summary>Judges two days in which a country is gone for an hour early on; the rows of the country, and how often its judge could have died.</summary>
    private static async Task<(SortedDictionary<string, ReadOnlyMemory<byte>> Rows, int Steps)> Run(int? dieAt)
    {
        using var store = new Store();
        await new Readings(store.Tables).Write([.. TwoDays()], _ => false, default);
        var job = new Job.Score("KP", Start, Through, "test");
        var step = 0;
        var mortal = new MortalTables(store.Tables, () =>
        {
            if (step++ == dieAt)
                throw new InvalidOperationException("The worker died.");
        });
        if (dieAt is null)
            await Judge(mortal).Run(job, default);
        else
            await Assert.ThrowsAsync<InvalidOperationException>(() => Judge(mortal).Run(job, default));
        await Judge(store.Tables).Run(job, default);

        var rows = new SortedDictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        foreach (var (table, partition) in ((string, string)[])[("events", "KP"), ("latest", "KP"), ("assessments", "KP"), ("checkpoints", "KP"), ("heads", "world")])
            await foreach (var row in store.Tables.Query(table, partition, null, null, default))
                rows.Add($"{table}|{partition}|{row.Key}", row.Body);
        return (rows, step);
    }

    private static Scorer Judge(ITables tables) => new(
        tables, new Readings(tables), new GuardLog(tables), new EventLog(tables), new Nowhere(), Two, Method.Standard, new FakeTimeProvider(Through.End));

    private static IEnumerable<SignalReading> TwoDays()
    {
        for (var bin = Start; bin <= Through; bin += 1)
        {
            var gone = bin - Start is >= 150 and < 162;
            yield return new SignalReading(Given.KP, Signals.IodaBgp, bin, Reading.Of(gone ? 0 : 400));
            if (bin.OfDay % 2 == 0)
                yield return new SignalReading(Given.KP, Signals.IodaPing, bin, Reading.Of(gone ? 0 : 130));
        }
    }

    private sealed class Nowhere : IJobs
    {
        public Task Enqueue(IReadOnlyCollection<Job> jobs, DateTimeOffset? due, CancellationToken cancel) => Task.CompletedTask;

        public Task<IReadOnlyList<DeadJob>> DeadLetters(int most, CancellationToken cancel) => Task.FromResult<IReadOnlyList<DeadJob>>([]);

        public Task Redrive(string id, CancellationToken cancel) => Task.CompletedTask;
    }
}
