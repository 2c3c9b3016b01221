namespace Pharos.Standalone.Tests;

public class EvaluationSourceRemovalTests
{
    /// <summary>Calm days, so that every event is a false one.</summary>
    private static readonly WorldPlan Calm = new(5, Countries: 28, Days: 7) { WarmDays = 1, EventsPer90Days = 0, Faults = false };

    /// <summary>Bins from which the sources are gone, are back, show zero for half an hour, and are well again.</summary>
    private const int Gone = 4 * Bin.PerDay, Back = 5 * Bin.PerDay, Zeros = 6 * Bin.PerDay, Well = Zeros + 6;

    [Fact]
    public void No_subset_of_the_sources_opens_an_event_by_falling_silent_for_a_day_or_by_showing_zero_for_half_an_hour()
    {
        var opened = new List<string>();
        for (var subset = 1; subset < 64; subset++)
        {
            var world = WorldMaker.Make(Calm);
            for (var signal = 0; signal < 6; signal++)
                if ((subset & (1 << signal)) != 0)
                {
                    SourceFaults.Change(world.Series, signal, Gone, Back - Gone, _ => float.NaN);
                    SourceFaults.Change(world.Series, signal, Zeros, Well - Zeros, _ => 0);
                }
            var run = new Lockstep(world.Series, Method.Standard);
            run.Run();
            opened.AddRange(run.Predictions().Select(said => $"{Convert.ToString(subset, 2)}: {said}"));
            if (subset == 63)
                Assert.All(Enumerable.Range(0, 28), country => Assert.Equal(State.Unknown, run.StatesOf(country)[Back - 1]));
        }
        Assert.Empty(opened);
    }
}
