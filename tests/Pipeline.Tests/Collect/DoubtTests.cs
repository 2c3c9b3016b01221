using Microsoft.Extensions.Time.Testing;

namespace Pharos.Pipeline.Tests;

public class DoubtTests
{
    private static readonly DateTimeOffset Start = Bin.Parse("2026-03-01T00:00:00Z").Start;
    private static readonly Country[] Two = [Given.KP, Given.ET];

    [Fact]
    public async Task Readings_that_a_dead_run_stored_are_judged_by_the_next_run_whichever_it_is()
    {
        using var store = new Store();
        var queue = new Queue { Broken = true };
        var round = Round(store, queue);
        await Assert.ThrowsAsync<IOException>(() => round.Run(new Job.Collect("steady", Start.AddHours(3)), default));
        Assert.Empty(queue.Jobs);

        // The same job never comes again: another one, later, finds the readings there and nothing changed.
        queue.Broken = false;
        await round.Run(new Job.Collect("steady", Start.AddHours(3).AddMinutes(1)), default);
        Assert.Equal(["ET", "KP"], queue.Jobs.Cast<Job.Score>().Select(job => job.Country).Order());
        Assert.All(queue.Jobs.Cast<Job.Score>(), job => Assert.Equal(Bin.Containing(Start), job.Since));
    }

    [Fact]
    public async Task After_a_run_that_came_to_its_end_only_news_is_judged()
    {
        using var store = new Store();
        var queue = new Queue();
        var round = Round(store, queue);
        await round.Run(new Job.Collect("steady", Start.AddHours(3)), default);
        queue.Jobs.Clear();
        await round.Run(new Job.Collect("steady", Start.AddHours(3).AddMinutes(5)), default);
        Assert.All(queue.Jobs.Cast<Job.Score>(), job => Assert.Equal(Bin.Containing(Start.AddHours(3)), job.Since));
        Assert.Null((await new SourceRuns(store.Tables).Read("steady", default))!.Value.Run.Unjudged);
    }

    [Fact]
    public async Task A_source_that_fails_does_not_stop_those_that_are_due_with_it()
    {
        using var store = new Store();
        var queue = new Queue();
        var until = Start.AddHours(3);
        var troubles = await Round(store, queue).Run([new Job.Collect("unheard of", until), new Job.Collect("steady", until)], default);
        Assert.IsType<ArgumentException>(troubles[0]);
        Assert.Null(troubles[1]);
        Assert.Equal(["ET", "KP"], queue.Jobs.Cast<Job.Score>().Select(job => job.Country).Order());
    }

    private static CollectRound Round(Store store, Queue queue)
    {
        var (readings, guardLog) = (new Readings(store.Tables), new GuardLog(store.Tables));
        var guard = new GuardPass(store.Tables, readings, guardLog, queue, [Signals.IodaBgp], Two, Method.Standard);
        return new CollectRound(new Collector(store.Tables, readings, new FakeTimeProvider(Start)), guard, [new Steady()], Two, (_, _) => Start);
    }

    private sealed class Queue : IJobs
    {
        public bool Broken { get; set; }

        public List<Job> Jobs { get; } = [];

        public Task Enqueue(IReadOnlyCollection<Job> jobs, DateTimeOffset? due, CancellationToken cancel)
        {
            if (Broken)
                throw new IOException("The run died.");
            Jobs.AddRange(jobs);
            return Task.CompletedTask;
        }

        public Task<IReadOnlyList<DeadJob>> DeadLetters(int most, CancellationToken cancel) => Task.FromResult<IReadOnlyList<DeadJob>>([]);

        public Task Redrive(string id, CancellationToken cancel) => Task.CompletedTask;
    }

    private sealed class Steady : ISource
    {
        public string Name => "steady";

        public IReadOnlyList<Signal> Signals { get; } = [Outages.Signals.IodaBgp];

        public TimeSpan LongestWindow => TimeSpan.FromDays(1);

        public TimeSpan Overlap => TimeSpan.Zero;

        public Task<Collected> Collect(Interval window, DateTimeOffset? heard, IReadOnlyList<Country> countries, CancellationToken cancel) => Task.FromResult(new Collected
        {
            Readings = [.. from country in countries from bin in window.Bins select new SignalReading(country, Signals[0], bin, Reading.Of(4))],
            Rejects = [], Rejected = 0, Answers = 1, Failures = [], Unheard = new HashSet<Country>(),
        });
    }
}
