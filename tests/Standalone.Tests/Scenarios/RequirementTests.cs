namespace Pharos.Standalone.Tests;

/// <summary>What the analyst of December 2014 did, asked of the detector on the built-in stories.</summary>
public class RequirementTests
{
    private static readonly Judged NorthKorea2014 = Judged.Of("north-korea-2014", "KP");

    private static void Show(Judged judged, string from)
    {
        var output = TestContext.Current.TestOutputHelper!;
        output.WriteLine(judged.Course(from));
        foreach (var found in judged.Events)
            output.WriteLine(FormattableString.Invariant($"{found.Start} det {found.Detected} end {found.End} {found.Class} {found.Depth:F2} conf {found.Confidence:F2} dips {found.Dips.Count} worse {found.WorseningSince}"));
        foreach (var found in judged.Grave)
        {
            output.WriteLine($"{judged.FeaturesOf(found)}");
            foreach (var one in judged.Weighed(found))
                output.WriteLine(FormattableString.Invariant($"{one.Verdict} {one.Kind} {one.Points} p={one.Probability} for[{string.Join("; ", one.For.Select(i => i.Text))}] against[{string.Join("; ", one.Against.Select(i => i.Text))}] missing[{string.Join("; ", one.Missing)}]"));
        }
    }

    private static Verdict Of(IReadOnlyList<Hypothesis> weighed, HypothesisKind kind) => weighed.Single(one => one.Kind == kind).Verdict;

    [Fact]
    public void S1_all_announced_below_the_floor_for_two_bins_is_down_and_left_the_global_internet()
    {
        Show(NorthKorea2014, "2014-12-19T00:00:00Z");
        var second = NorthKorea2014.At("2014-12-22T16:20:00Z");
        Assert.Equal(Now.Down, second.Now);
        Assert.True(second.Flags.HasFlag(Flags.LeftGlobalInternet));
        Assert.Equal(State.Outage, NorthKorea2014.At("2014-12-22T17:20:00Z").State);
        var syria = Judged.Of("syria-2012", "SY");
        Assert.Equal(State.Outage, syria.At("2012-11-29T10:40:00Z").State);
        Assert.Equal(Now.Down, syria.At("2012-11-29T10:40:00Z").Now);
        Assert.True(syria.At("2012-11-29T14:40:00Z").Flags.HasFlag(Flags.LeftGlobalInternet));
    }

    [Fact]
    public void S2_while_no_end_is_observed_the_end_stays_open()
    {
        var iran = Judged.Of("tonga-2022", "TO");
        var open = iran.Before(Bin.Parse("2022-02-01T00:00:00Z")).Events()[^1];
        Assert.Null(open.End);
        Assert.Null(open.Closed);
        Assert.Null(open.Dips[^1].End);
    }

    [Fact]
    public void S4_one_short_drop_is_a_blip_and_no_alert()
    {
        var uruguay = Judged.Of("north-korea-2014", "UY");
        Assert.Equal(EventClass.Blip, Assert.Single(uruguay.Events, found => found.Start >= Bin.Parse("2014-12-20T13:00:00Z") && found.Start < Bin.Parse("2014-12-20T14:00:00Z")).Class);
        Assert.DoesNotContain(uruguay.Assessments, one => one.State is State.Outage or State.Worsening or State.Unstable);
        var reader = new Subscription("r", "r@example.org", null, [], 0, 0, "UTC");
        Assert.All(uruguay.Revisions, revision => Assert.False(Matching.Decide(reader, revision, [], [], revision.Told).Send));
    }

    [Fact]
    public void S5_north_korea_2014_is_worsening_at_least_an_hour_before_it_is_gone()
    {
        var first = NorthKorea2014.Assessments.First(one => one.State == State.Worsening).Bin;
        Assert.True(first <= Bin.Parse("2014-12-22T15:15:00Z"), first.ToString());
        Assert.True(first >= Bin.Parse("2014-12-21T14:00:00Z"), first.ToString());
    }

    [Fact]
    public void S6_as_many_blips_spread_evenly_are_steady()
    {
        var mozambique = Judged.Of("north-korea-2014", "MZ");
        Assert.InRange(mozambique.Events.Count, 30, 50);
        Assert.DoesNotContain(mozambique.Assessments, one => one.State == State.Worsening || one.Worsening.Flagged);
        Assert.All(mozambique.Events, found => Assert.Equal(EventClass.Blip, found.Class));
    }

    [Fact]
    public void S7_the_same_drop_weighs_less_where_drops_are_usual()
    {
        var (usual, rare) = (RecordOf("MZ"), RecordOf("UY"));
        Assert.True(usual.Blips30 > 15, $"{usual}");
        Assert.True(rare.Blips30 <= 3, $"{rare}");
        Assert.True(usual.Surprise > 5 * rare.Surprise, $"{usual.Surprise} {rare.Surprise}");
        Assert.False(usual.IsUnusual);

        static StabilityRecord RecordOf(string code)
        {
            var judged = Judged.Of("north-korea-2014", code);
            var past = judged.Events.Select(found => new PastEvent(EventId.Of(judged.Country, found.Start), found)).ToList();
            var present = past.Last(found => found.Found.Start < Bin.Parse("2014-12-20T14:00:00Z"));
            return StabilityRecord.Of(present, past, Bin.Parse("2014-12-20T14:00:00Z"), new ObservedTime(49, 720, 49 * 24, 1), 0.02);
        }
    }

    [Fact]
    public void S8_north_korea_2014_looks_like_a_fault_or_an_attack_and_less_like_a_cable_or_an_order()
    {
        var found = NorthKorea2014.Events.MaxBy(one => one.AreaHours)!;
        var weighed = NorthKorea2014.Weighed(found);
        Assert.Equal(6, weighed.Count);
        Assert.NotEqual(Verdict.LessConsistentWith, Of(weighed, HypothesisKind.Fault));
        Assert.NotEqual(Verdict.LessConsistentWith, Of(weighed, HypothesisKind.Attack));
        Assert.Equal(Verdict.LessConsistentWith, Of(weighed, HypothesisKind.Cable));
        Assert.Equal(Verdict.LessConsistentWith, Of(weighed, HypothesisKind.Ordered));
        foreach (var kind in (HypothesisKind[])[HypothesisKind.Cable, HypothesisKind.Ordered])
            Assert.Contains(weighed.Single(one => one.Kind == kind).Against, one => one.Text.Contains("instability preceded", StringComparison.Ordinal));
        Assert.True(weighed.Count(one => one.Verdict == Verdict.ConsistentWith) != 1, "One alone is never consistent.");
    }

    [Fact]
    public void S9_each_hypothesis_says_what_speaks_for_it_against_it_or_is_missing()
    {
        foreach (var (scenario, code) in (IEnumerable<(string, string)>)[("cuba-2024", "CU"), ("tonga-2022", "TO"), ("egypt-2011", "EG"), ("north-korea-2014", "KP")])
        {
            var judged = Judged.Of(scenario, code);
            foreach (var one in judged.Weighed(judged.Events.MaxBy(found => found.AreaHours)!))
            {
                Assert.True(one.For.Count + one.Against.Count + one.Missing.Count > 0, $"{scenario} {one.Kind}");
                Assert.NotEmpty(one.Signature);
                Assert.True(one.Verdict != Verdict.ConsistentWith || one.For.Count > 0);
                Assert.True(one.Verdict != Verdict.LessConsistentWith || one.Against.Count > 0);
            }
        }
    }

    [Fact]
    public void S10_cuba_2024_is_more_consistent_with_power_than_with_a_cable()
    {
        var cuba = Judged.Of("cuba-2024", "CU");
        Show(cuba, "2024-10-17T00:00:00Z");
        var weighed = cuba.Weighed(cuba.Events.MaxBy(found => found.AreaHours)!);
        Assert.Equal(Verdict.ConsistentWith, Of(weighed, HypothesisKind.Power));
        Assert.NotEqual(Verdict.ConsistentWith, Of(weighed, HypothesisKind.Cable));
        Assert.NotEqual(Verdict.ConsistentWith, Of(weighed, HypothesisKind.Ordered));
    }

    [Fact]
    public void S14_gabon_2019_ends_with_one_revision_that_has_start_end_length_and_lowest_point()
    {
        var gabon = Judged.Of("gabon-2019", "GA");
        Show(gabon, "2019-01-06T00:00:00Z");
        var grave = gabon.Revisions.GroupBy(revision => revision.Event).Single(group => group.Last().Found.Class != EventClass.Blip).ToList();
        var ended = Assert.Single(grave, revision => revision.Change == Change.Ended);
        Assert.InRange(ended.Found.Start - Bin.Parse("2019-01-07T07:05:00Z"), -2, 2);
        Assert.InRange(ended.Found.End!.Value - Bin.Parse("2019-01-08T11:10:00Z"), -2, 4);
        Assert.InRange(ended.Found.Depth, 0.9, 1);
        var reader = new Subscription("r", "r@example.org", null, [], 0, 0, "UTC");
        var decision = Matching.Decide(reader, ended, grave.TakeWhile(one => one != ended).ToList(), [new ToldLetter(1, LetterReason.FirstNews, grave[0].Told)], ended.Told);
        Assert.Equal((true, LetterReason.Ended), decision);
    }

    [Fact]
    public void S15_a_relapse_soon_after_joins_the_same_event_as_its_next_dip()
    {
        var found = NorthKorea2014.Events.MaxBy(one => one.AreaHours)!;
        Assert.Contains(found.Dips, dip => dip.Start == Bin.Parse("2014-12-22T16:15:00Z") || (dip.Start < Bin.Parse("2014-12-22T16:20:00Z") && dip.End > Bin.Parse("2014-12-22T17:00:00Z")));
        Assert.Contains(found.Dips, dip => dip.Start >= Bin.Parse("2014-12-23T07:50:00Z") && dip.Start <= Bin.Parse("2014-12-23T08:00:00Z"));
        var afghanistan = Judged.Of("afghanistan-2025", "AF");
        Show(afghanistan, "2025-09-28T00:00:00Z");
        Assert.Equal(2, Assert.Single(afghanistan.Grave).Dips.Count);
    }

    [Fact]
    public void S16_north_korea_2013_routes_present_while_packets_fail_planes_disagree()
    {
        var judged = Judged.Of("north-korea-2013", "KP");
        Show(judged, "2013-03-12T00:00:00Z");
        Assert.Equal(Now.Down, judged.At("2013-03-13T23:00:00Z").Now);
        foreach (var one in judged.Between("2013-03-14T01:30:00Z", "2013-03-14T09:00:00Z"))
        {
            Assert.True(one.Flags.HasFlag(Flags.PlanesDisagree), $"{one.Bin}");
            Assert.InRange(one.Confidence, 0.05, 0.7);
        }
        Assert.False(judged.At("2013-03-14T12:00:00Z").Flags.HasFlag(Flags.PlanesDisagree));
    }

    [Fact]
    public void S17_one_or_two_providers_are_severe_and_the_unknown_is_not_guessed()
    {
        Assert.Equal(FragilityTier.Severe, Fragility.Of(Country.Parse("KP"), Bin.Parse("2014-12-22T16:15:00Z"))!.Tier);
        Assert.Null(Fragility.Of(Country.Parse("GA"), Bin.Parse("2019-01-07T07:05:00Z")));
        Assert.Equal([FragilityTier.Severe, FragilityTier.Significant, FragilityTier.Low, FragilityTier.Low, FragilityTier.Resistant], new[] { 2, 9, 10, 40, 41 }.Select(Fragility.TierOf));
    }

    [Fact]
    public void S18_without_probes_and_routes_it_is_unknown_and_on_routes_alone_confidence_is_capped()
    {
        var judged = Judged.Of("north-korea-2014", "KP");
        var state = judged.Before(Bin.Parse("2014-12-10T00:00:00Z"));
        for (var bin = Bin.Parse("2014-12-10T00:00:00Z"); bin < Bin.Parse("2014-12-10T06:00:00Z"); bin += 1)
            Detector.Fold(state, bin, new Reading[Signals.All.Count], judged.Verdicts(bin));
        Assert.Equal(State.Unknown, state.Assessment().State);
        Assert.Equal(Now.Unknown, state.Assessment().Now);
        Assert.All(judged.Between("2014-12-01T00:00:00Z", "2014-12-19T00:00:00Z"), one => Assert.True(one.State != State.Unknown && one.Confidence < 0.8));
        var onRoutes = new CountryState(judged.Country, Signals.All, Method.Standard);
        for (var bin = judged.First; bin <= Bin.Parse("2014-12-22T18:00:00Z"); bin += 1)
            Detector.Fold(onRoutes, bin, [.. judged.Readings(bin).Select((reading, i) => Signals.All[i].Plane == Plane.Control ? reading : default)], judged.Verdicts(bin));
        Assert.Equal((State.Outage, Now.Down), (onRoutes.Assessment().State, onRoutes.Assessment().Now));
        Assert.InRange(onRoutes.Assessment().Confidence, 0.5, 0.9);
    }

    [Theory]
    [InlineData("syria-2012", "SY", "2012-11-29T10:25:00Z")]
    [InlineData("gabon-2019", "GA", "2019-01-07T07:05:00Z")]
    [InlineData("afghanistan-2025", "AF", "2025-09-29T12:30:00Z")]
    [InlineData("tonga-2022", "TO", "2022-01-15T05:30:00Z")]
    [InlineData("egypt-2011", "EG", "2011-01-27T22:15:00Z")]
    public void S20_a_sudden_loss_is_raised_within_two_bins(string scenario, string code, string onset)
    {
        var judged = Judged.Of(scenario, code);
        var raised = judged.Assessments.First(one => one.Bin >= Bin.Parse(onset) && one.Now is Now.Impaired or Now.Down && one.Bin >= Bin.Parse(onset)).Bin;
        Assert.InRange(raised - Bin.Parse(onset), 0, 2);
        var revision = judged.Revisions.First(one => one.Found.Dips[^1].End is null || one.Found.Dips[^1].End > Bin.Parse(onset));
        Assert.True(revision.Clocks.FirstEvidence <= revision.Clocks.Detected && revision.Clocks.Detected <= revision.Clocks.Raised);
    }
}
