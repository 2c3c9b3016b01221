namespace Pharos.Outages.Tests;

public class HypothesisTests
{
    private static EventFeatures Seen(string local = "2023-08-20T04:00:00+03:00", double hours = 4, bool over = true, double depth = 1) => new()
    {
        LocalStart = DateTimeOffset.Parse(local, System.Globalization.CultureInfo.InvariantCulture), Lasted = TimeSpan.FromHours(hours), IsOver = over, Depth = depth, DipsBefore = 0,
        GrewBefore = false, Recurred = false,
    };

    private static Hypothesis Of(EventFeatures seen, HypothesisKind kind) => HypothesisWeighing.Of(seen).Single(one => one.Kind == kind);

    [Fact]
    public void S8_a_loss_on_the_hour_everywhere_and_again_is_consistent_with_an_ordered_shutdown()
    {
        var found = Of(Seen() with { Recurred = true, AllPlanesHit = true, Fall = TimeSpan.FromMinutes(5) }, HypothesisKind.Ordered);
        Assert.Equal(Verdict.ConsistentWith, found.Verdict);
        // .18/.82 × 3.4 × 1.7 × 60 × 2.4 × 2.5
        Assert.Equal(1 - (1 / (1 + (.18 / .82 * 3.4 * 1.7 * 60 * 2.4 * 2.5))), found.Probability!.Value, 1e-3);
    }

    [Fact]
    public void S8_the_same_at_an_odd_minute_once_is_less_consistent_with_it() =>
        Assert.Equal(Verdict.LessConsistentWith, Of(Seen("2023-08-20T14:17:00+03:00") with { AllPlanesHit = true }, HypothesisKind.Ordered).Verdict);

    [Fact]
    public void S9_where_points_and_ratios_contradict_each_other_nothing_is_said()
    {
        var seen = Seen("2023-08-20T14:17:00+03:00") with { NetworksStaggered = true };
        Assert.Equal(Verdict.NotEnoughEvidence, Of(seen, HypothesisKind.Ordered).Verdict);
    }

    [Fact]
    public void S9_instability_before_the_loss_speaks_against_cable_and_order()
    {
        var seen = Seen("2014-12-23T01:15:00+09:00", 9.5) with { DipsBefore = 18, GrewBefore = true, Return = ReturnShape.Step, AllRoutesGone = true };
        Assert.Equal(Verdict.LessConsistentWith, Of(seen, HypothesisKind.Cable).Verdict);
        Assert.Equal(Verdict.LessConsistentWith, Of(seen, HypothesisKind.Ordered).Verdict);
        Assert.Equal(Verdict.ConsistentWith, Of(seen, HypothesisKind.Fault).Verdict);
        Assert.Equal(Verdict.ConsistentWith, Of(seen, HypothesisKind.Attack).Verdict);
    }

    [Theory]
    [InlineData(true, Verdict.NotEnoughEvidence)]
    [InlineData(false, Verdict.ConsistentWith)]
    public void S10_probes_that_kept_running_speak_against_a_power_cut(bool kept, Verdict verdict)
    {
        var seen = Seen(depth: .6) with { RoutesStayed = true, Outside = new OutsideKnowledge(ProbesKeptRunning: kept) };
        Assert.Equal(verdict, Of(seen, HypothesisKind.Power).Verdict);
    }

    [Fact]
    public void S10_what_is_not_known_is_listed_as_missing_and_never_counted()
    {
        var found = HypothesisWeighing.Of(Seen());
        Assert.Equal(6, found.Count);
        Assert.Equal(Verdict.NotEnoughEvidence, found.Single(one => one.Kind == HypothesisKind.Upstream).Verdict);
        Assert.Contains("the upstream networks of what was lost", found.Single(one => one.Kind == HypothesisKind.Upstream).Missing);
        Assert.Contains(found.Single(one => one.Kind == HypothesisKind.Cable).Missing, what => what.Contains("cables", StringComparison.Ordinal));
    }

    [Fact]
    public void S8_every_sentence_passes_the_check_for_words_that_assert_a_cause()
    {
        foreach (var seen in (EventFeatures[])
            [
                Seen(), Seen() with { Recurred = true, AllPlanesHit = true, DipsBefore = 5, GrewBefore = true }, Seen("2023-08-20T14:17:00+03:00", .5) with { Return = ReturnShape.Step, RoutesStayed = true },
                Seen() with { Outside = new OutsideKnowledge(true, true, true, true, true, true) }, Seen() with { Outside = new OutsideKnowledge(false, false, false, false, false, false) },
            ])
            foreach (var one in HypothesisWeighing.Of(seen))
            {
                Assert.Null(CausalVerbs.FirstIn(Likeness.Sentence(one)));
                Assert.Matches("onsistent with", Likeness.Sentence(one));
                Assert.Contains("Against:", Likeness.Sentence(one));
            }
        Assert.NotNull(CausalVerbs.FirstIn("It was an attack."));
        Assert.NotNull(CausalVerbs.FirstIn("Not consistent with expectations of an ordered world."));
        foreach (var facts in (ReportFacts[])[Sample.FactsOf(Sample.Unstable), Sample.FactsOf(Sample.Outage), Sample.FactsOf(Sample.Ended)])
        {
            Assert.NotEmpty(Likeness.Of(facts));
            Assert.All(Likeness.Of(facts).Concat(RecordWording.Of(facts)), line => Assert.Null(CausalVerbs.FirstIn(line)));
        }
        Assert.Empty(Likeness.Of(Sample.FactsOf(Sample.Retracted, Sample.Outage)));
    }

    [Fact]
    public void Sixteen_ten_of_the_day_before_is_not_the_same_clock_time_unless_it_was_as_long()
    {
        var start = Bin.Parse("2014-12-22T16:15:00Z");
        FoundEvent Found(int bins) => new(
            start - Bin.PerDay, start, null, null, State.Outage, Now.Down, EventClass.Sudden, 1, 1, 1, 1, null, [new Dip(start - Bin.PerDay, start - Bin.PerDay + bins, 1), new Dip(start, start + 100, 1)]);
        Assert.False(FeatureReading.Of(Found(2), [], [], "Asia/Pyongyang", start + 200).Recurred);
        Assert.True(FeatureReading.Of(Found(20), [], [], "Asia/Pyongyang", start + 200).Recurred);
    }
}
