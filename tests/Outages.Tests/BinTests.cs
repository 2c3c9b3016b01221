namespace Pharos.Outages.Tests;

public class BinTests
{
    [Fact]
    public void A_bin_contains_its_start_and_not_its_end()
    {
        var bin = Bin.Parse("2014-12-22T16:15:00Z");
        Assert.Equal(bin, Bin.Containing(bin.Start));
        Assert.Equal(bin + 1, Bin.Containing(bin.End));
        Assert.Equal(bin, Bin.Containing(bin.End.AddTicks(-1)));
    }

    [Fact]
    public void Bins_before_1970_are_aligned_too() =>
        Assert.Equal(new Bin(-1), Bin.Containing(DateTimeOffset.UnixEpoch.AddSeconds(-1)));

    [Theory]
    [InlineData("2014-12-22T16:16:00Z")]
    [InlineData("yesterday")]
    public void A_time_that_starts_no_bin_is_refused(string text) => Assert.Throws<FormatException>(() => Bin.Parse(text));

    [Fact]
    public void An_interval_cannot_end_before_it_starts() =>
        Assert.Throws<ArgumentException>(() => new Interval(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddSeconds(-1)));

    [Fact]
    public void A_reading_that_was_never_collected_is_a_gap_and_not_zero()
    {
        Assert.False(default(Reading).TryValue(out var number));
        Assert.True(double.IsNaN(number));
        Assert.True(Reading.Of(0).TryValue(out var zero));
        Assert.Equal(0, zero);
    }
}
