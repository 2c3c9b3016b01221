using CsCheck;

namespace Pharos.Outages.Tests;

public class RecordTests
{
    private static readonly Bin Now = Bin.Parse("2014-12-22T19:20:00Z");

    private static PastEvent Past(string id, string start, int bins, double depth, EventClass kind) => new(id, new FoundEvent(
        Bin.Parse(start), Bin.Parse(start), Bin.Parse(start) + bins, Bin.Parse(start) + bins, State.Stable, Pharos.Outages.Now.Up, kind, depth, depth * bins / Bin.PerHour, 1, 1, null,
        [new Dip(Bin.Parse(start), Bin.Parse(start) + bins, depth)]));

    private static readonly ObservedTime Year = new(400, 720, 8_760, 1);

    [Fact]
    public void S22_it_counts_the_events_of_this_year_and_finds_the_longest_since()
    {
        var present = Past("p", "2014-12-22T16:15:00Z", 37, 1, EventClass.Sudden);
        PastEvent[] others =
        [
            Past("a", "2013-12-30T10:00:00Z", 400, 1, EventClass.Sudden), Past("b", "2014-02-01T10:00:00Z", 60, .9, EventClass.Sudden),
            Past("c", "2014-06-01T10:00:00Z", 20, .5, EventClass.Gradual), Past("d", "2014-06-20T10:00:00Z", 2, .5, EventClass.Blip),
        ];
        var record = StabilityRecord.Of(present, others, Now, Year, .05);
        Assert.Equal(3, record.NumberThisYear);
        Assert.Equal("b", record.LongestSince!.Event);
        Assert.Equal("a", record.Longest!.Event);
        Assert.Equal(204, record.DaysSinceLast);
    }

    [Fact]
    public void S23_the_nearest_events_are_nearest_in_depth_length_and_class()
    {
        var present = Past("p", "2014-12-22T16:15:00Z", 37, 1, EventClass.Sudden);
        PastEvent[] others =
        [
            Past("long", "2013-12-30T10:00:00Z", 4_000, 1, EventClass.Sudden), Past("twin", "2014-02-01T10:00:00Z", 40, .97, EventClass.Sudden),
            Past("blip", "2014-06-01T10:00:00Z", 2, .5, EventClass.Blip), Past("half", "2014-06-20T10:00:00Z", 40, .5, EventClass.Sudden),
        ];
        Assert.Equal(["twin", "half", "long"], StabilityRecord.Of(present, others, Now, Year, .05).Nearest.Select(past => past.Event));
    }

    [Fact]
    public void Hours_nobody_saw_count_neither_as_up_nor_as_down()
    {
        var present = Past("p", "2014-12-22T07:20:00Z", 144, 1, EventClass.Sudden);
        Assert.Equal(1 - (12 / 720.0), StabilityRecord.Of(present, [], Now, Year, .05).Availability30!.Value, 1e-6);
        Assert.Equal(1 - (12 / 360.0), StabilityRecord.Of(present, [], Now, Year with { Hours30 = 360 }, .05).Availability30!.Value, 1e-6);
        Assert.Null(StabilityRecord.Of(present, [], Now, new ObservedTime(12, null, null, 0), .05).Availability30);
    }

    [Fact]
    public void A_short_record_is_drawn_towards_the_world_and_a_long_one_speaks_for_itself()
    {
        Assert.Equal(.1, Rarity.PerDay(0, 0, .1), 1e-6);
        Assert.Equal(1, Rarity.PerDay(300, 300, .1), .1);
        Assert.InRange(Rarity.PerDay(0, 30, .1), .03, .05);
        Assert.True(Rarity.PerDay(0, 30, 0) > 0);
    }

    [Fact]
    public void The_tail_of_Poisson_is_the_tail_of_Poisson() => Gen.Select(Gen.Int[0, 60], Gen.Double[.001, 40]).Sample((count, mean) =>
    {
        double term = Math.Exp(-mean), head = 0;
        for (var i = 0; i < count; i++)
        {
            head += term;
            term *= mean / (i + 1);
        }
        return Math.Abs(Rarity.AtLeast(count, mean) - (1 - head)) < 1e-9;
    });

    [Fact]
    public void Many_drops_in_a_day_are_unusual_where_drops_are_rare()
    {
        Assert.True(Rarity.IsUnusual(5, Rarity.AtLeast(5, .1)));
        Assert.False(Rarity.IsUnusual(2, Rarity.AtLeast(2, .001)));
        Assert.False(Rarity.IsUnusual(5, Rarity.AtLeast(5, 3)));
    }

    [Fact]
    public void How_much_longer_is_told_from_what_lasted_elsewhere()
    {
        Assert.Equal(TimeSpan.FromHours(2.83), RemainingTime.After(TimeSpan.Zero)!.Median);
        Assert.Equal(TimeSpan.FromHours(24.1), RemainingTime.After(TimeSpan.FromHours(5))!.Bound);
        Assert.Equal(36, RemainingTime.After(TimeSpan.FromHours(30))!.Outages);
        Assert.Null(RemainingTime.After(TimeSpan.FromDays(20)));
        for (var hours = 0.0; hours < 100; hours += .5)
            Assert.True(RemainingTime.After(TimeSpan.FromHours(hours)) is not { } rest || rest.Median < rest.Bound);
    }
}
