using CsCheck;

namespace Pharos.Pipeline.Tests;

public class ReadingsTests
{
    private static readonly Bin Noon = Bin.Parse("2026-03-01T12:00:00Z");

    private static readonly Gen<Reading> AnyReading = Gen.OneOf(
        Gen.Int[0, 100_000].Select(value => Reading.Of(value)),
        Gen.Select(Gen.Int[0, 5000], Gen.Int[0, 70_000]).Select((value, coverage) => Reading.Of(value, coverage)),
        Gen.Select(Gen.Double[0, 1], Gen.Int[0, 9]).Select((value, coverage) => Reading.Of(value, coverage)),
        Gen.Int[0, 5].Select(gap => Reading.Missing((Gap)gap)));

    private static SignalReading Of(Bin bin, Reading reading, Signal? signal = null, Country? country = null) =>
        new(country ?? Given.KP, signal ?? Signals.IodaBgp, bin, reading);

    [Fact]
    public void A_day_packs_and_unpacks_to_itself() =>
        AnyReading.Array[288].Sample(readings =>
        {
            var day = new DaySeries();
            for (var i = 0; i < readings.Length; i++)
                day.Merge(i, readings[i]);
            var packed = day.Encode();
            var again = DaySeries.Decode(packed);
            return day.Readings.SequenceEqual(again.Readings) && packed.AsSpan().SequenceEqual(again.Encode());
        }, iter: 500);

    [Fact]
    public void A_countrys_day_packs_and_unpacks_to_itself_in_whatever_order_its_signals_came() =>
        Gen.Select(AnyReading.Array[9], Gen.Shuffle(Signals.All.ToArray())).Sample((readings, order) =>
        {
            var day = CountryDay.Empty;
            foreach (var signal in order)
            {
                var series = new DaySeries();
                series.Merge(17, readings[Signals.All.ToList().IndexOf(signal)]);
                day = day.With(signal.Name, series);
            }
            var packed = day.Encode();
            var again = CountryDay.Decode(packed);
            return Signals.All.All(signal => again[signal.Name]!.Readings.SequenceEqual(day[signal.Name]!.Readings)) && packed.AsSpan().SequenceEqual(again.Encode())
                && packed.AsSpan().SequenceEqual(Signals.All.Aggregate(CountryDay.Empty, (sum, signal) => sum.With(signal.Name, day[signal.Name]!)).Encode());
        }, iter: 100);

    [Fact]
    public void A_countrys_damaged_day_says_so()
    {
        var series = new DaySeries();
        series.Merge(3, Reading.Of(7, 2));
        var packed = CountryDay.Empty.With("ioda.bgp", series).Encode();
        foreach (var length in Enumerable.Range(0, packed.Length).Where(length => length != 1))
            Assert.Throws<InvalidDataException>(() => CountryDay.Decode(packed.AsMemory(0, length)));
    }

    [Fact]
    public void A_day_of_counts_takes_about_a_byte_per_bin()
    {
        var day = new DaySeries();
        for (var i = 0; i < 288; i++)
            day.Merge(i, Reading.Of(3500 + (i % 7), 45));
        Assert.InRange(day.Encode().Length, 288, 600);
    }

    [Fact]
    public void A_damaged_day_says_so()
    {
        var day = new DaySeries();
        day.Merge(3, Reading.Of(7, 2));
        var packed = day.Encode();
        for (var i = 0; i < packed.Length; i++)
            Assert.Throws<InvalidDataException>(() => DaySeries.Decode(packed.AsMemory(0, i)));
        var random = new Random(3);
        for (var i = 0; i < 5000; i++)
        {
            var bytes = (byte[])packed.Clone();
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            try
            {
                DaySeries.Decode(bytes);
            }
            catch (InvalidDataException)
            {
                // As promised.
            }
        }
    }

    [Fact]
    public void A_gap_never_replaces_a_value()
    {
        var day = new DaySeries();
        Assert.True(day.Merge(0, Reading.Missing(Gap.NotAvailable)));
        Assert.True(day.Merge(0, Reading.Of(5)));
        Assert.False(day.Merge(0, Reading.Missing(Gap.NotAvailable)));
        Assert.False(day.Merge(0, Reading.Of(5)));
        Assert.True(day.Merge(0, Reading.Of(0)));
        Assert.False(new DaySeries().Merge(1, Reading.Missing(Gap.NotCollected)));
    }

    [Fact]
    public async Task Readings_come_back_bin_by_bin_and_what_was_not_written_is_a_gap()
    {
        using var store = new Store();
        var readings = new Readings(store.Tables);
        var midnight = Bin.Parse("2026-03-02T00:00:00Z");
        await readings.Write([Of(midnight - 1, Reading.Of(1)), Of(midnight, Reading.Of(0)), Of(midnight, Reading.Of(0.5, 8), Signals.AtlasPing), Of(midnight, Reading.Of(9), country: Given.ET)], null, default);
        var grid = await readings.Read(Given.KP, midnight - 2, midnight + 1, [Signals.AtlasPing, Signals.IodaBgp], default);
        Assert.Equal(4, grid.Bins);
        Assert.Equal([default, Reading.Of(1)], grid[midnight - 1].ToArray());
        Assert.Equal([Reading.Of(0.5, 8), Reading.Of(0)], grid[midnight].ToArray());
        Assert.All(grid[midnight + 1].ToArray(), each => Assert.Equal(Gap.NotCollected, each.Gap));
    }

    [Fact]
    public async Task Writing_twice_changes_nothing_and_late_changes_are_counted()
    {
        using var store = new Store();
        var readings = new Readings(store.Tables);
        SignalReading[] told = [Of(Noon, Reading.Of(4)), Of(Noon + 1, Reading.Of(5)), Of(Noon + 1, Reading.Of(5), country: Given.ET)];
        var first = await readings.Write(told, each => each.Bin < Noon, default);
        Assert.Equal((3, 0, Noon + 1), (first.Changed, first.Late, first.Newest!.Value));
        var row = await store.Tables.Read("readings", "KP", "20260301", default);

        var second = await readings.Write(told, each => each.Bin < Noon, default);
        Assert.Empty(second.Earliest);
        Assert.Equal(0, second.Changed);
        Assert.Equal(row!.Version, (await store.Tables.Read("readings", "KP", "20260301", default))!.Version);

        var late = await readings.Write([Of(Noon, Reading.Of(4)), Of(Noon + 1, Reading.Of(6))], each => each.Bin < Noon + 2, default);
        Assert.Equal((1, 1), (late.Changed, late.Late));
        Assert.Equal(Noon + 1, Assert.Single(late.Earliest).Value);
    }

    [Fact]
    public async Task Two_writers_at_once_lose_nothing()
    {
        using var store = new Store();
        var readings = new Readings(store.Tables);
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(() => readings.Write([Of(Noon + i, Reading.Of(i))], null, default))));
        var grid = await readings.Read(Given.KP, Noon, Noon + 39, [Signals.IodaBgp], default);
        Assert.Equal(Enumerable.Range(0, 40).Select(i => Reading.Of(i)), grid.Cells);
    }
}
