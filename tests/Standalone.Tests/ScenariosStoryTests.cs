using System.Net;
using static Pharos.Standalone.Tests.ScenariosAsked;

namespace Pharos.Standalone.Tests;

public class ScenariosStoryTests
{
    private const string After = "2014-12-26T00:00:00Z";

    [Fact]
    public void It_says_that_it_is_a_reconstruction_and_who_told_each_fact()
    {
        var scenario = Scenarios.ByName("north-korea-2014");
        Assert.Contains("reconstruction", scenario.Title, StringComparison.Ordinal);
        Assert.Equal(new Interval(At("2014-11-01T00:00:00Z"), At("2014-12-26T00:00:00Z")), scenario.Period);
        Assert.Equal(At("2014-12-19T18:00:00Z"), scenario.LiveFrom);
        Assert.InRange(scenario.Countries.Count, 24, 40);
        Assert.Equal(scenario.Countries.Order().Distinct(), scenario.Countries);
        Assert.All(scenario.Truth, truth =>
        {
            Assert.NotEmpty(truth.Source);
            Assert.True(scenario.Period.Start <= truth.Interval.Start && truth.Interval.End <= scenario.Period.End);
        });
        Assert.Throws<ArgumentException>(() => Scenarios.ByName("atlantis"));
    }

    [Fact]
    public void North_Korea_has_four_networks_and_one_ASN_and_is_quiet_for_seven_weeks()
    {
        using var asked = new ScenariosAsked(After);
        foreach (var week in Enumerable.Range(0, 6).Select(w => At("2014-11-01T00:00:00Z").AddDays(7 * w)))
        {
            var (from, to) = (week.ToString("s"), week.AddDays(7).ToString("s"));
            Assert.All(asked.Ris("KP", from, to).Values, v4 => Assert.Equal(4, v4));
            Assert.All(asked.Ris("KP", from, to, "asns_ris").Values, asns => Assert.Equal(1, asns));
            Assert.All(asked.IodaSeries("KP", "bgp", from, to).Values, up => Assert.Equal(4, up));
            Assert.All(asked.IodaSeries("KP", "ping-slash24", from, to).Values, up => Assert.InRange(up!.Value, 2, 3));
        }
    }

    [Fact]
    public void North_Korea_is_gone_for_exactly_the_bins_of_the_published_outage()
    {
        using var asked = new ScenariosAsked(After);
        var gone = new Interval(At("2014-12-22T16:15:00Z"), At("2014-12-23T01:45:00Z")).Bins.ToHashSet();
        foreach (var field in new[] { "v4_prefixes_ris", "asns_ris" })
            Assert.All(asked.Ris("KP", "2014-12-22T16:00:00", "2014-12-23T07:50:00", field), bin => Assert.Equal(gone.Contains(bin.Key), bin.Value == 0));
        Assert.All(asked.IodaSeries("KP", "bgp", "2014-12-22T16:00:00", "2014-12-23T07:55:00"), bin => Assert.Equal(gone.Contains(Bin.Containing(bin.Key)), bin.Value == 0));
        Assert.All(asked.IodaSeries("KP", "ping-slash24", "2014-12-22T16:20:00", "2014-12-23T01:40:00").Values, up => Assert.Equal(0, up));
    }

    [Theory]
    [InlineData("2014-12-23T07:55:00Z", "2014-12-23T08:25:00Z")]
    [InlineData("2014-12-23T15:40:00Z", "2014-12-23T16:10:00Z")]
    public void North_Korea_goes_twice_more_on_the_day_after(string from, string to)
    {
        using var asked = new ScenariosAsked(After);
        var gone = new Interval(At(from), At(to));
        var around = asked.Ris("KP", (gone.Start - TimeSpan.FromHours(1)).ToString("s"), (gone.End + TimeSpan.FromHours(1)).ToString("s"));
        Assert.All(around, bin => Assert.Equal(gone.Contains(bin.Key.Start), bin.Value == 0));
        Assert.All(asked.Ris("KP", "2014-12-23T16:15:00", "2014-12-25T23:55:00").Values, v4 => Assert.Equal(4, v4));
    }

    [Fact]
    public void The_drops_before_come_faster_last_longer_and_reach_deeper()
    {
        using var asked = new ScenariosAsked(After);
        var lost = asked.Ris("KP", "2014-12-19T00:00:00", "2014-12-22T16:10:00");
        var first = lost.First(bin => bin.Value < 4).Key;
        Assert.Equal(Bin.Parse("2014-12-19T22:00:00Z"), first);
        var half = new[] { ("2014-12-20", "2014-12-20T23:55:00"), ("2014-12-21", "2014-12-21T23:55:00"), ("2014-12-22", "2014-12-22T16:10:00") }
            .Select(day => asked.Ris("KP", day.Item1 + "T00:00:00", day.Item2).Values).ToArray();
        var down = half.Select(day => day.Count(v4 => v4 < 4)).ToArray();
        var depth = half.Select(day => day.Where(v4 => v4 < 4).Average(v4 => 4 - v4)).ToArray();
        Assert.True(down[0] < down[1] && down[1] < down[2], string.Join(" ", down));
        Assert.True(depth[0] < depth[1] && depth[1] < depth[2], string.Join(" ", depth));
    }

    [Fact]
    public void Quiet_countries_lose_nothing_that_matters()
    {
        using var asked = new ScenariosAsked(After);
        var told = asked.Scenario.Truth.Where(truth => truth.Country is not null).Select(truth => truth.Country!.Value).ToHashSet();
        var quiet = asked.Scenario.Countries.Where(country => !told.Contains(country)).ToArray();
        Assert.InRange(quiet.Length, 18, 40);
        Assert.All(quiet, country =>
        {
            var series = asked.Scenario.SeriesOf(country.Code)!;
            foreach (var routes in new[] { series.PrefixesV4, series.Slash24 })
                Assert.True(routes.Min() >= 0.9 * routes.Max(), $"{country} {routes.Min()} {routes.Max()}");
            if (series.Nation.PingUp >= 100)
                Assert.True(series.PingUp.Min() >= 0.9 * series.PingUp.Max(), $"{country} {series.PingUp.Min()} {series.PingUp.Max()}");
            if (series.Search.Length > 0)
                Assert.InRange(series.Search.Min() / (double)series.Search.Max(), 0.05, 0.5); // day and night
        });
    }

    [Fact]
    public void One_country_blips_evenly_over_two_months()
    {
        using var asked = new ScenariosAsked(After);
        var blips = asked.Scenario.Truth.Where(truth => truth.Country == Country.Parse("MZ")).Select(truth => truth.Interval).ToArray();
        Assert.InRange(blips.Length, 40, 45);
        Assert.All(blips.Zip(blips.Skip(1)), pair => Assert.InRange((pair.Second.Start - pair.First.Start).TotalHours, 30, 32));
        Assert.All(blips, blip => Assert.True(blip.Start.Minute % 2 == 1 && blip.Length == TimeSpan.FromMinutes(10)));
        var series = asked.Scenario.SeriesOf("MZ")!;
        var usual = series.PrefixesV4.Order().ElementAt(series.PrefixesV4.Length / 2);
        Assert.Equal(2 * blips.Length, series.PrefixesV4.Count(v4 => v4 < 0.5 * usual));
    }

    [Fact]
    public void One_country_blips_once()
    {
        using var asked = new ScenariosAsked(After);
        var (series, usual) = (asked.Ris("UY", "2014-12-15T00:00:00", "2014-12-24T00:00:00"), 860);
        Assert.Equal([Bin.Parse("2014-12-20T13:35:00Z"), Bin.Parse("2014-12-20T13:40:00Z")], series.Where(bin => bin.Value < 0.5 * usual).Select(bin => bin.Key));
    }

    [Fact]
    public void In_one_country_all_probes_lose_their_controller_while_routes_and_pings_are_well()
    {
        using var asked = new ScenariosAsked("2014-12-21T12:00:00Z");
        var statuses = asked.Json($"{Atlas}probes/?country_code=GE&page_size=500").GetProperty("results").EnumerateArray().ToArray();
        Assert.Equal(6, statuses.Length);
        Assert.All(statuses, probe =>
        {
            Assert.Equal(2, probe.GetProperty("status").GetProperty("id").GetInt32());
            Assert.InRange(probe.GetProperty("status_since").GetInt64(), Unix("2014-12-21T09:00:00Z"), Unix("2014-12-21T09:10:00Z"));
        });
        Assert.Empty(Pings("2014-12-21T09:10:00Z"));
        Assert.All(asked.IodaSeries("GE", "ping-slash24", "2014-12-21T09:00:00", "2014-12-21T11:50:00").Values, up => Assert.InRange(up!.Value, 1_200, 1_500));
        Assert.All(asked.IodaSeries("GE", "bgp", "2014-12-21T09:00:00", "2014-12-21T11:50:00").Values, up => Assert.InRange(up!.Value, 4_800, 5_400));

        asked.Advance(At("2014-12-21T14:20:00Z"));
        Assert.InRange(Pings("2014-12-21T13:59:00Z").Length, 6 * 70, 6 * 73); // delivered late
        System.Text.Json.JsonElement[] Pings(string until) =>
            asked.Lines($"{Atlas}measurements/1001/results/?start={Unix("2014-12-21T09:10:00Z")}&stop={Unix(until)}&probe_ids={string.Join(',', asked.ProbeIds("GE"))}&format=txt");
    }

    [Fact]
    public void Where_paths_are_cut_probes_report_silence_once_they_are_back()
    {
        using var asked = new ScenariosAsked(After);
        var pings = asked.Lines($"{Atlas}measurements/1001/results/?start={Unix("2014-11-01T00:00:00Z")}&stop={Unix(After)}&probe_ids={string.Join(',', asked.ProbeIds("MZ"))}&format=txt");
        Assert.Contains(pings, ping => ping.GetProperty("rcvd").GetInt32() == 0);
        Assert.InRange(pings.Average(ping => ping.GetProperty("rcvd").GetInt32() / 3.0), 0.97, 0.999);
    }

    [Fact]
    public void Sources_fail_for_everybody_at_the_told_times()
    {
        using var asked = new ScenariosAsked(After);
        foreach (var country in asked.Scenario.Countries)
        {
            Assert.All(asked.IodaSeries(country.Code, "bgp", "2014-12-20T03:10:00", "2014-12-20T03:20:00").Values, up => Assert.Equal(0, up));
            Assert.All(asked.IodaSeries(country.Code, "ping-slash24", "2014-12-22T05:00:00", "2014-12-22T06:00:00").Values, up => Assert.Null(up));
            Assert.NotEqual(0, asked.IodaSeries(country.Code, "bgp", "2014-12-20T03:05:00", "2014-12-20T03:10:00").Single().Value);
        }

        foreach (var (now, status) in new[] { ("12:59", HttpStatusCode.OK), ("13:00", HttpStatusCode.ServiceUnavailable), ("13:29", HttpStatusCode.ServiceUnavailable), ("13:30", HttpStatusCode.OK) })
        {
            asked.Advance(At($"2014-12-18T{now}:00Z"));
            using var response = asked.Response(Ripestat("KP", "2014-12-18T00:00:00", "2014-12-18T12:00:00"));
            Assert.Equal(status, response.StatusCode);
            Assert.Equal(status == HttpStatusCode.OK ? "application/json" : "text/html", response.Content.Headers.ContentType!.MediaType);
        }
    }
}
