using System.Runtime.InteropServices;

namespace Pharos.Standalone.Tests;

public class WorldsTests
{
    private static readonly WorldPlan Small = new(7, Countries: 12, Days: 20) { WarmDays = 10, EventsPer90Days = 20 };

    [Fact]
    public void The_same_seed_makes_the_same_bytes()
    {
        var (one, other) = (WorldMaker.Make(Small), WorldMaker.Make(Small));
        Assert.Equal(Bytes(one), Bytes(other));
        Assert.Equal(one.Truth.Select(Line), other.Truth.Select(Line));
    }

    [Fact]
    public void Another_seed_makes_another_world() => Assert.NotEqual(Bytes(WorldMaker.Make(Small)), Bytes(WorldMaker.Make(Small with { Seed = 8 })));

    [Fact]
    public void The_first_draws_of_a_seed_are_the_published_ones()
    {
        // xoshiro256** filled by splitmix64 of 0 (e220a8397b1dcdaf …), computed apart from this code.
        var dice = new Dice(0);
        Assert.Equal([0.60126, 0.74777, 0.10302], Enumerable.Range(0, 3).Select(_ => Math.Round(dice.Share(), 5)));
    }

    [Fact]
    public void Draws_have_the_moments_of_their_distributions()
    {
        var dice = new Dice(3);
        Assert.Equal(0, Mean(() => dice.Normal()), 0.03);
        Assert.Equal(1, Mean(() => dice.Normal() is var x ? x * x : 0), 0.05);
        Assert.Equal(1, Mean(() => dice.Exponential()), 0.04);
        Assert.Equal(4, Mean(() => dice.Poisson(4)), 0.06);
        Assert.Equal(90, Mean(() => dice.Poisson(90)), 0.3);
        Assert.Equal(6, Mean(() => dice.Binomial(20, 0.3)), 0.06);

        static double Mean(Func<double> draw) => Enumerable.Range(0, 20_000).Average(_ => draw());
    }

    [Fact]
    public void A_quiet_world_has_no_truth_and_every_reading_is_a_count()
    {
        var world = WorldMaker.Make(Small with { EventsPer90Days = 0, Faults = false });
        Assert.Empty(world.Truth);
        Assert.All(Enumerable.Range(0, 12), country => Assert.All(world.Series.Of(country, 0), value => Assert.True(float.IsNaN(value) || (value >= 0 && value == Math.Round(value)))));
    }

    [Fact]
    public void A_loss_shows_in_every_plane_it_is_laid_over()
    {
        var curves = new LossCurves(100);
        curves.Lay(new Stretch(10, 20, 0.8, OfRoutes: 0.5));
        Assert.Equal((0.4f, 0.8f, 0.8f), (curves.Routes[10], curves.Paths[19], curves.Users[15]));
        Assert.Equal((0f, 0f), (curves.Routes[9], curves.Paths[20]));
    }

    [Fact]
    public void An_event_happens_after_the_warm_up_within_the_world_and_has_depth() => Assert.All(WorldMaker.Make(Small).Truth, known =>
    {
        Assert.True(known.Start >= WorldPlan.Start + (10 * Bin.PerDay) && known.End <= WorldPlan.Start + (20 * Bin.PerDay) && known.Start < known.End);
        Assert.InRange(known.Dips.Max(dip => dip.Depth), 0.04, 1);
    });

    private static byte[] Bytes(World world) => [.. Enumerable.Range(0, world.Countries.Count)
        .SelectMany(country => Enumerable.Range(0, 6).SelectMany(signal => MemoryMarshal.AsBytes(world.Series.Of(country, signal).AsSpan()).ToArray()))];

    private static string Line(TruthEvent known) => $"{known.Country} {known.Class} {known.Start} {known.End} {string.Join(';', known.Dips)}";
}
