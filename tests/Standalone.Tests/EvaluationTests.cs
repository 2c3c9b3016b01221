namespace Pharos.Standalone.Tests;

public class EvaluationTests
{
    private static readonly Country Here = Country.Parse("FR");
    private static readonly Country There = Country.Parse("DE");
    private static readonly Bin Zero = WorldPlan.Start;

    [Fact]
    public void What_is_found_missed_and_false_is_counted_as_defined()
    {
        TruthEvent[] truth =
        [
            Known(Here, TroubleKind.Shutdown, 100, 160), Known(Here, TroubleKind.Cable, 1000, 1100), Known(There, TroubleKind.BelowThreshold, 500, 520), Known(There, TroubleKind.Blip, 2000, 2003),
        ];
        Prediction[] said = [Said(Here, 101, 158, 102), Said(Here, 175, 180, 176), Said(There, 505, 515, 506), Said(There, 3000, 3010, 3001), Said(Here, 10, 20, 11)];

        var matching = TruthMatching.Of(truth, said, Zero + 50);
        var card = ScoreCard.Of("any", matching, countryYears: 2);

        Assert.Equal([said[3]], matching.FalseAlarms);
        Assert.Equal((1, 1, 0.5, 0.5, 0.5, 0.5), (card.Found, card.FalseAlarms, card.FalsePerCountryYear, card.Precision, card.Recall, card.F1));
        Assert.Equal(10, card.Delay.Median);
        Assert.InRange(card.FalseLow, 0.0, 0.1);
        Assert.InRange(card.FalseHigh, 2.6, 2.9);
    }

    [Fact]
    public void A_prediction_within_half_an_hour_matches_one_within_two_hours_is_neither_right_nor_wrong()
    {
        TruthEvent[] truth = [Known(Here, TroubleKind.Sudden, 100, 120)];
        Assert.True(TruthMatching.Of(truth, [Said(Here, 126, 130, 127)], Zero).Events[0].IsHit);
        var grey = TruthMatching.Of(truth, [Said(Here, 127, 130, 128)], Zero);
        Assert.False(grey.Events[0].IsHit);
        Assert.Empty(grey.FalseAlarms);
        Assert.Single(TruthMatching.Of(truth, [Said(Here, 145, 150, 146)], Zero).FalseAlarms);
        Assert.False(TruthMatching.Of(truth, [Said(Here, 95, 110, 98)], Zero).Events[0].IsHit);
    }

    [Fact]
    public void Confidence_is_calibrated_when_nine_of_ten_told_with_ninety_per_cent_are_real()
    {
        var truth = Enumerable.Range(0, 9).Select(i => Known(Here, TroubleKind.Sudden, 1000 * (i + 1), (1000 * (i + 1)) + 50)).ToList();
        var said = Enumerable.Range(0, 10).Select(i => Said(Here, 1000 * (i + 1), (1000 * (i + 1)) + 50, 1000 * (i + 1)) with { Confidence = 0.9 }).ToList();
        var calibration = ScoreCard.Of("any", TruthMatching.Of(truth, said, Zero), 1).Confidence!;
        Assert.Equal(0, calibration.Error, 1e-9);
        Assert.Equal(0.09, calibration.Brier, 1e-9);
        Assert.Equal((0.9, 10), (Math.Round(calibration.Bins.Single().Observed, 9), calibration.Bins.Single().Events));
    }

    [Fact]
    public void Worsening_counts_when_it_was_said_before_the_total_loss()
    {
        TruthEvent[] truth =
        [
            Known(Here, TroubleKind.Deteriorating, 100, 300) with { TotalLoss = Zero + 200 }, Known(Here, TroubleKind.Deteriorating, 1100, 1300) with { TotalLoss = Zero + 1200 },
            Known(There, TroubleKind.Unstable, 100, 300), Known(There, TroubleKind.Unstable, 1100, 1300),
        ];
        Prediction[] said =
        [
            Said(Here, 100, 300, 101) with { WorseningAt = Zero + 176 }, Said(Here, 1100, 1300, 1101) with { WorseningAt = Zero + 1201 },
            Said(There, 100, 300, 101) with { WorseningAt = Zero + 150 }, Said(There, 1100, 1300, 1101),
        ];
        Assert.Equal(new WorseningScore(2, 0.5, 2, 2, 0.5), ScoreCard.Of("any", TruthMatching.Of(truth, said, Zero), 1).Worsening);
    }

    [Fact]
    public void A_rule_merges_alerts_over_two_hours_and_waits_for_its_sources()
    {
        var one = new float[400];
        var other = new float[400];
        Array.Fill(one, 1);
        Array.Fill(other, 1);
        (one[100], one[110], one[300], other[112]) = (0, 0, 0, 0);
        var any = new ThresholdRule("any", 1);
        var two = new ThresholdRule("two", 2);
        foreach (var rule in (ThresholdRule[])[any, two])
        {
            rule.Take(0, one, 0.5);
            rule.Take(1, other, 0.5);
        }
        Assert.Equal([(100, 113, 100), (300, 301, 300)], any.Events(Here, Zero).Select(e => (e.Start - Zero, e.End - Zero, e.Published - Zero)));
        Assert.Equal([(100, 113, 112)], two.Events(Here, Zero).Select(e => (e.Start - Zero, e.End - Zero, e.Published - Zero)));
    }

    [Fact]
    public void A_sliding_median_equals_a_sorted_one()
    {
        var (dice, sliding, values) = (new Dice(5), new SlidingMedian(50), new List<float>());
        for (var i = 0; i < 500; i++)
        {
            values.Add(dice.Share() < 0.1 ? float.NaN : dice.Whole(0, 20));
            sliding.Add(values[^1]);
            var sorted = values.TakeLast(50).Where(value => !float.IsNaN(value)).Order().ToList();
            Assert.Equal((sorted[(sorted.Count - 1) / 2] + (double)sorted[sorted.Count / 2]) / 2, sliding.Median);
        }
    }

    [Fact]
    public void A_small_world_is_judged_well_and_twice_alike()
    {
        var plan = new WorldPlan(11, Countries: 40, Days: 40) { WarmDays = 20, EventsPer90Days = 6 };
        var (one, other) = (new EvaluationRun(Method.Standard).Of(plan), new EvaluationRun(Method.Standard).Of(plan));
        Assert.Equal(ScoreCardText.AsJson(one), ScoreCardText.AsJson(other));
        Assert.True(one.Cards[0].F1 >= 0.9, ScoreCardText.AsMarkdown(one));
        Assert.All(one.Cards.Skip(1), rule => Assert.True(rule.F1 < one.Cards[0].F1, rule.Detector));
        Assert.Contains("| Pharos |", ScoreCardText.AsMarkdown(one), StringComparison.Ordinal);
    }

    private static TruthEvent Known(Country country, TroubleKind kind, int from, int until) =>
        new(country, kind, Zero + from, Zero + until, 2, [new TruthDip(Zero + from, Zero + until, 1)], null);

    private static Prediction Said(Country country, int from, int until, int published) =>
        new(country, Zero + from, Zero + until, Zero + published, 0.99, EventClass.Sudden, null, 1);
}
