using Microsoft.Extensions.Time.Testing;

namespace Pharos.Pipeline.Tests;

public class CollectorTests
{
    private static readonly DateTimeOffset Start = Bin.Parse("2026-03-01T00:00:00Z").Start;
    private static readonly Country[] Two = [Given.KP, Given.ET];
    private readonly FakeTimeProvider clock = new(Start);

    [Fact]
    public async Task A_fresh_store_is_filled_from_the_start_in_windows()
    {
        using var store = new Store();
        var source = new Scripted();
        var swept = await new Collector(store.Tables, new Readings(store.Tables), clock).Collect(source, Start, Start.AddMinutes(154), Two, default);
        Assert.Equal(["00:00-01:00", "01:00-02:00", "02:00-02:30"], source.Windows);
        Assert.Equal(new Interval(Start, Start.AddMinutes(150)), swept.Interval);
        Assert.Equal(Bin.Containing(Start), swept.EarliestChanged[Given.KP]);
        Assert.Equal(Bin.Containing(Start.AddMinutes(145)), swept.LastKnown);
        Assert.Equal((Start.AddMinutes(150), 0, 60, 0), (swept.Run.Watermark, swept.Run.Behind, swept.Run.Changed, swept.Run.Late));
    }

    [Fact]
    public async Task The_next_run_begins_at_the_watermark_less_the_overlap_and_reports_only_what_changed()
    {
        using var store = new Store();
        var source = new Scripted();
        var collector = new Collector(store.Tables, new Readings(store.Tables), clock);
        await collector.Collect(source, Start, Start.AddHours(1), Two, default);
        source.Windows.Clear();
        source.Value = (country, bin) => country == Given.ET && bin == Bin.Containing(Start.AddMinutes(50)) ? 99 : 7;
        var swept = await collector.Collect(source, Start, Start.AddMinutes(65), Two, default);
        Assert.Equal(["00:45-01:05"], source.Windows);
        Assert.Equal(Bin.Containing(Start.AddMinutes(60)), swept.EarliestChanged[Given.KP]);
        Assert.Equal(Bin.Containing(Start.AddMinutes(50)), swept.EarliestChanged[Given.ET]);
        Assert.Equal(0, swept.Run.Late);
    }

    [Fact]
    public async Task Running_a_window_twice_changes_nothing()
    {
        using var store = new Store();
        var collector = new Collector(store.Tables, new Readings(store.Tables), clock);
        await collector.Collect(new Scripted(), Start, Start.AddHours(1), Two, default);
        var swept = await collector.Collect(new Scripted(), Start, Start.AddHours(1), Two, default);
        Assert.Empty(swept.EarliestChanged);
        Assert.Equal(0, swept.Run.Changed);
        Assert.Equal(Start.AddHours(1), swept.Run.Watermark);
    }

    [Fact]
    public async Task A_job_older_than_the_watermark_asks_nothing()
    {
        using var store = new Store();
        var source = new Scripted();
        var collector = new Collector(store.Tables, new Readings(store.Tables), clock);
        await collector.Collect(source, Start, Start.AddHours(1), Two, default);
        source.Windows.Clear();
        var swept = await collector.Collect(source, Start, Start.AddMinutes(30), Two, default);
        Assert.Empty(source.Windows);
        Assert.Empty(swept.EarliestChanged);
    }

    [Fact]
    public async Task A_country_that_was_not_heard_is_asked_again_from_where_it_was_without_holding_up_the_others()
    {
        using var store = new Store();
        var source = new Scripted { Silent = [Given.ET] };
        var collector = new Collector(store.Tables, new Readings(store.Tables), clock);
        var first = await collector.Collect(source, Start, Start.AddHours(2), Two, default);
        Assert.Equal(1, first.Run.Behind);
        Assert.DoesNotContain(Given.ET, first.EarliestChanged.Keys);
        Assert.Null(first.Run.FailingSince);

        source.Silent = [];
        source.Windows.Clear();
        var second = await collector.Collect(source, Start, Start.AddHours(2).AddMinutes(5), Two, default);
        Assert.Equal(["00:00-01:00", "01:00-02:00", "02:00-02:05", "01:45-02:05"], source.Windows);
        Assert.Equal(Bin.Containing(Start), second.EarliestChanged[Given.ET]);
        Assert.Equal(0, second.Run.Behind);
        var grid = await new Readings(store.Tables).Read(Given.ET, Bin.Containing(Start), Bin.Containing(Start) + 24, [Signals.IodaBgp], default);
        Assert.All(grid.Cells, each => Assert.True(each.TryValue(out _)));
    }

    [Fact]
    public async Task A_source_that_is_down_for_six_hours_is_filled_afterwards_and_never_with_zeros()
    {
        using var store = new Store();
        var source = new Scripted();
        var collector = new Collector(store.Tables, new Readings(store.Tables), clock);
        await collector.Collect(source, Start, Start.AddHours(1), Two, default);
        source.Silent = [.. Two];
        clock.Advance(TimeSpan.FromHours(1));
        for (var hour = 2; hour <= 7; hour++)
        {
            var failed = await collector.Collect(source, Start, Start.AddHours(hour), Two, default);
            Assert.Equal(Start.AddHours(1), failed.Run.FailingSince);
            Assert.Empty(failed.EarliestChanged);
            clock.Advance(TimeSpan.FromHours(1));
        }
        source.Silent = [];
        var swept = await collector.Collect(source, Start, Start.AddHours(8), Two, default);
        Assert.Null(swept.Run.FailingSince);
        Assert.Equal("silence", swept.Run.Reason);
        var grid = await new Readings(store.Tables).Read(Given.KP, Bin.Containing(Start), Bin.Containing(Start) + 95, [Signals.IodaBgp], default);
        Assert.All(grid.Cells, each => Assert.Equal(Reading.Of(7), each));
    }

    [Fact]
    public async Task Stragglers_are_read_again_at_the_settle_lag()
    {
        using var store = new Store();
        var source = new Scripted();
        var collector = new Collector(store.Tables, new Readings(store.Tables), clock);
        for (var minutes = 5; minutes <= 65; minutes += 5)
            await collector.Collect(source, Start, Start.AddMinutes(minutes), Two, default);
        Assert.Equal(["00:10-00:30", "00:00-00:35", "00:20-00:40", "00:25-00:45"], source.Windows[5..9]);
        Assert.Equal(["00:40-01:00", "00:00-01:00", "01:00-01:05"], source.Windows[11..]);
    }

    [Fact]
    public async Task What_changes_after_the_settle_lag_is_late()
    {
        using var store = new Store();
        var source = new Scripted();
        var collector = new Collector(store.Tables, new Readings(store.Tables), clock);
        await collector.Collect(source, Start, Start.AddHours(1), Two, default);
        source.Value = (_, bin) => bin == Bin.Containing(Start.AddMinutes(10)) ? 99 : 7;
        var swept = await collector.Collect(source, Start, Start.AddHours(1).AddMinutes(30), Two, default);
        Assert.Equal((2, 14), (swept.Run.Late, swept.Run.Changed));
    }

    [Fact]
    public async Task Rejects_are_kept_once_with_their_reason()
    {
        using var store = new Store();
        var source = new Scripted { Rejects = [new Reject("value: is negative", "-3")] };
        var collector = new Collector(store.Tables, new Readings(store.Tables), clock);
        await collector.Collect(source, Start, Start.AddHours(1), Two, default);
        var swept = await collector.Collect(source, Start, Start.AddHours(1), Two, default);
        Assert.Equal(1, swept.Run.Rejected);
        Assert.Equal(source.Rejects, await new SourceRuns(store.Tables).Rejects("ioda", new DateOnly(2026, 3, 1), default));
    }

    [Fact]
    public async Task A_crash_between_readings_and_watermark_repeats_work_and_loses_nothing()
    {
        using var store = new Store();
        var collector = new Collector(store.Tables, new Readings(store.Tables), clock);
        await Assert.ThrowsAsync<IOException>(() => collector.Collect(new Scripted { Remember = _ => throw new IOException("power") }, Start, Start.AddHours(1), Two, default));
        var died = (await new SourceRuns(store.Tables).Read("ioda", default))!.Value.Run;
        Assert.Equal((0, Start), (died.Marks.Count, died.Unjudged));
        var swept = await collector.Collect(new Scripted(), Start, Start.AddHours(1), Two, default);
        Assert.Equal(Start.AddHours(1), swept.Run.Watermark);
        Assert.Empty(swept.EarliestChanged);
        Assert.Equal(Start, swept.Doubt);
    }

    /// <summary>A source that says 7 for every bin, unless told otherwise.</summary>
    private sealed class Scripted : ISource
    {
        public List<string> Windows { get; } = [];

        public HashSet<Country> Silent { get; set; } = [];

        public Func<Country, Bin, double> Value { get; set; } = (_, _) => 7;

        public IReadOnlyList<Reject> Rejects { get; init; } = [];

        public Func<CancellationToken, Task>? Remember { get; init; }

        public string Name => "ioda";

        public IReadOnlyList<Signal> Signals { get; } = [Pharos.Outages.Signals.IodaBgp];

        public TimeSpan LongestWindow => TimeSpan.FromHours(1);

        public TimeSpan Overlap => TimeSpan.FromMinutes(15);

        public Task<Collected> Collect(Interval window, DateTimeOffset? before, IReadOnlyList<Country> countries, CancellationToken cancel)
        {
            Windows.Add($"{window.Start:HH:mm}-{window.End:HH:mm}");
            var heard = countries.Where(country => !Silent.Contains(country)).ToList();
            return Task.FromResult(new Collected
            {
                Readings = [.. from country in heard from bin in window.Bins select new SignalReading(country, Signals[0], bin, Reading.Of(Value(country, bin)))],
                Rejects = Rejects,
                Rejected = Rejects.Count,
                Answers = heard.Count,
                Failures = heard.Count < countries.Count ? ["silence"] : [],
                Unheard = countries.Except(heard).ToHashSet(),
                Remember = Remember,
            });
        }
    }
}
