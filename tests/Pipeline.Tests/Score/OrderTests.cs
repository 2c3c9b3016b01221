using CsCheck;
using Microsoft.Extensions.Time.Testing;

namespace Pharos.Pipeline.Tests;

public class OrderTests
{
    private const int Hours = 48, InOrder = 10, Window = 5;
    private static readonly Bin Start = Bin.Parse("2026-03-01T00:00:00Z");
    private static readonly Signal[] Two = [Signals.IodaBgp, Signals.IodaPing];

    [Fact]
    public async Task Readings_out_of_order_and_told_again_are_judged_as_if_they_had_come_in_time()
    {
        var expected = await Judge([.. Enumerable.Range(0, Hours)], new Random(0));
        Assert.Contains(expected, row => row.Key.StartsWith("latest", StringComparison.Ordinal));
        Gen.Int[1, 1_000_000].Sample(seed =>
        {
            var chance = new Random(seed);
            // Each hour comes up to five hours late, one in three once more; the record begins in order.
            var order = Enumerable.Range(0, Hours).OrderBy(hour => hour < InOrder ? hour : hour + (Window * chance.NextDouble()))
                .SelectMany(hour => Enumerable.Repeat(hour, hour >= InOrder && chance.Next(3) == 0 ? 2 : 1)).ToList();
            var rows = Judge(order, chance).GetAwaiter().GetResult();
            Assert.Equal(expected.Keys, rows.Keys);
            Assert.All(expected, row => Assert.True(row.Value.AsSpan().SequenceEqual(rows[row.Key]), $"{row.Key} differs."));
        }, iter: 12);
    }

    /// <summary>Hands the hours over one after the other, judges after each; assessments, last state and what the latest revision found.</summary>
    private static async Task<SortedDictionary<string, byte[]>> Judge(List<int> order, Random chance)
    {
        var tables = new MemoryTables();
        var readings = new Readings(tables);
        var scorer = new Scorer(tables, readings, new GuardLog(tables), new EventLog(tables), new Unheard(), Two, Method.Standard, new FakeTimeProvider((Start + (Hours * Bin.PerHour)).Start));
        var through = Start;
        for (var step = 0; step < order.Count; step++)
        {
            var told = Hour(order[step]).SelectMany(each => Enumerable.Repeat(each, chance.Next(1, 3))).ToArray();
            chance.Shuffle(told);
            var written = await readings.Write(told, null, default);
            if (Start + ((order[step] * Bin.PerHour) + Bin.PerHour - 1) is var last && last > through)
                through = last;
            if (written.Earliest.TryGetValue(Given.KP, out var since))
                await scorer.Run(new Job.Score("KP", since, through, $"{step}"), default);
        }
        var rows = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        await foreach (var row in tables.Query("assessments", "KP", null, null, default))
            rows.Add($"assessments|{row.Key}", row.Body.ToArray());
        await foreach (var row in tables.Query("checkpoints", "KP", $"{(Start.Number / Bin.PerHour) + Hours - 1:D7}", null, default))
            rows.Add($"checkpoints|{row.Key}", row.Body.ToArray());
        foreach (var revision in await new EventLog(tables).Latest(Given.KP, default))
            rows.Add($"latest|{revision.Found.Start}|{revision.Found.End}|{revision.Found.Depth:F6}|{revision.Found.Class}", []);
        return rows;
    }

    private static IEnumerable<SignalReading> Hour(int hour)
    {
        for (var bin = Start + (hour * Bin.PerHour); bin < Start + ((hour + 1) * Bin.PerHour); bin += 1)
        {
            var gone = bin - Start is >= 300 and < 330 or >= 400 and < 403;
            yield return new SignalReading(Given.KP, Signals.IodaBgp, bin, Reading.Of(gone ? 0 : 400 + (bin.Number % 3)));
            if (bin.OfDay % 2 == 0)
                yield return new SignalReading(Given.KP, Signals.IodaPing, bin, Reading.Of(gone ? 0 : 130 + (bin.Number % 5)));
        }
    }

    private sealed class Unheard : IJobs
    {
        public Task Enqueue(IReadOnlyCollection<Job> jobs, DateTimeOffset? due, CancellationToken cancel) => Task.CompletedTask;

        public Task<IReadOnlyList<DeadJob>> DeadLetters(int most, CancellationToken cancel) => Task.FromResult<IReadOnlyList<DeadJob>>([]);

        public Task Redrive(string id, CancellationToken cancel) => Task.CompletedTask;
    }
}
