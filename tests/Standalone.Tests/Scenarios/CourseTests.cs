namespace Pharos.Standalone.Tests;

/// <summary>The course of each story: how many events, of which class, how long.</summary>
public class CourseTests
{
    private static FoundEvent Single(string scenario, string code)
    {
        var judged = Judged.Of(scenario, code);
        var output = TestContext.Current.TestOutputHelper!;
        foreach (var one in judged.Events)
            output.WriteLine(FormattableString.Invariant($"{one.Start} det {one.Detected} end {one.End} {one.Class} {one.Depth:F2} conf {one.Confidence:F2} dips {string.Join(' ', one.Dips.Select(dip => $"{dip.Start}-{dip.End} {dip.Peak:F2}"))} worse {one.WorseningSince}"));
        output.WriteLine(judged.Course(judged.Events[^1].Start.ToString()));
        foreach (var one in judged.Weighed(judged.Events.MaxBy(found => found.AreaHours)!))
            output.WriteLine(FormattableString.Invariant($"{one.Verdict} {one.Kind} {one.Points} p={one.Probability} for[{string.Join("; ", one.For.Select(i => i.Text))}] against[{string.Join("; ", one.Against.Select(i => i.Text))}] missing[{string.Join("; ", one.Missing)}]"));
        return Assert.Single(judged.Grave);
    }

    [Fact]
    public void Tonga_is_one_event_of_38_days()
    {
        var found = Single("tonga-2022", "TO");
        Assert.InRange((found.End!.Value - found.Start) / (double)Bin.PerDay, 37.5, 38.2);
        Assert.Equal(EventClass.Sudden, found.Class);
        Assert.Single(found.Dips);
    }

    [Fact]
    public void Egypt_is_one_sudden_event_of_five_and_a_half_days()
    {
        var found = Single("egypt-2011", "EG");
        Assert.Equal(EventClass.Sudden, found.Class);
        Assert.InRange((found.End!.Value - found.Start) / (double)Bin.PerHour, 130, 133);
        Assert.InRange(found.Depth, 0.80, 0.92);
    }

    [Fact]
    public void Syria_is_one_sudden_event_of_two_days_and_four_hours()
    {
        var found = Single("syria-2012", "SY");
        Assert.Equal(EventClass.Sudden, found.Class);
        Assert.InRange((found.End!.Value - found.Start) / (double)Bin.PerHour, 51.5, 53);
    }

    [Fact]
    public void Bangladesh_gets_worse_over_hours()
    {
        var found = Single("bangladesh-2014", "BD");
        Assert.True(found.Class is EventClass.Gradual or EventClass.Worsening, $"{found.Class}");
        Assert.InRange(found.Depth, 0.6, 0.85);
        Assert.InRange((found.End!.Value - found.Start) / (double)Bin.PerHour, 10.5, 13.5);
        var judged = Judged.Of("bangladesh-2014", "BD");
        Assert.Equal(Verdict.ConsistentWith, judged.Weighed(found).Single(one => one.Kind == HypothesisKind.Power).Verdict);
    }

    [Fact]
    public void Gabon_is_one_event_with_a_partial_return_inside()
    {
        var found = Single("gabon-2019", "GA");
        Assert.Equal(EventClass.Sudden, found.Class);
        Assert.InRange((found.End!.Value - found.Start) / (double)Bin.PerHour, 27.5, 29);
    }

    [Fact]
    public void Cuba_falls_while_most_routes_stay_and_comes_back_over_days()
    {
        var found = Single("cuba-2024", "CU");
        Assert.Equal(EventClass.Gradual, found.Class);
        Assert.InRange(found.Depth, 0.55, 0.8);
        // The story ends after 104 h; a dip is over when a quarter of its largest loss is left, here after 87 h.
        Assert.InRange((found.End!.Value - found.Start) / (double)Bin.PerHour, 85, 108);
    }

    [Fact]
    public void Iran_degrades_by_stages_to_nothing_for_twenty_days()
    {
        var found = Single("iran-2026", "IR");
        Assert.InRange((found.End!.Value - found.Start) / (double)Bin.PerDay, 19, 20);
        Assert.True(found.Depth >= 0.9);
        var judged = Judged.Of("iran-2026", "IR");
        Assert.NotEqual(Verdict.ConsistentWith, judged.Weighed(found).Single(one => one.Kind == HypothesisKind.Power).Verdict);
        Assert.Equal(Now.Down, judged.At("2026-01-08T19:10:00Z").Now);
    }
}
