namespace Pharos.Standalone.Tests;

public class StoriesToldTests
{
    public static TheoryData<string> Names => [.. Scenarios.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_story_says_that_it_is_a_reconstruction_and_who_told_each_fact(string name)
    {
        var scenario = Scenarios.ByName(name);
        Assert.Equal(name, scenario.Name);
        Assert.Contains("reconstruction", scenario.Title, StringComparison.Ordinal);
        Assert.InRange(scenario.Countries.Count, 22, 40);
        Assert.Equal(scenario.Countries.Order().Distinct(), scenario.Countries);
        Assert.NotEmpty(scenario.Truth);
        Assert.All(scenario.Truth, truth =>
        {
            Assert.Contains("ours", truth.Source + " ours", StringComparison.Ordinal);
            Assert.True(truth.Source.Length > 10);
            Assert.True(scenario.Period.Start <= truth.Interval.Start && truth.Interval.End <= scenario.Period.End);
        });
        var first = scenario.Truth.Where(truth => truth.Country is not null && !truth.Source.StartsWith("ours", StringComparison.Ordinal)).Min(truth => truth.Interval.Start);
        Assert.InRange((first - scenario.Period.Start).TotalDays, 20, 50);
        Assert.True(scenario.LiveFrom < first);
    }
}
