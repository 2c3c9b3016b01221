using System.Text.Json;

namespace Pharos.Standalone.Tests;

public class ApiTests(ApiWorld world) : IClassFixture<ApiWorld>
{
    [Fact]
    public async Task The_server_says_that_it_is_well() => Assert.Equal((200, "text/plain", "ok"), await world.Ask("/healthz"));

    [Fact]
    public async Task Every_country_is_listed_and_those_never_judged_are_unknown()
    {
        var countries = (await world.Json("/v1/countries")).GetProperty("countries").EnumerateArray().ToDictionary(each => each.GetProperty("country").GetString()!);
        Assert.Equal(Countries.All.Count, countries.Count);
        Assert.Equal("stable", countries["DE"].GetProperty("state").GetString());
        Assert.Equal("2024-05-03T23:55:00Z", countries["DE"].GetProperty("time").GetString());
        Assert.Equal(("unknown", "unknown"), (countries["FR"].GetProperty("state").GetString(), countries["FR"].GetProperty("now").GetString()));
        Assert.Equal(JsonValueKind.Null, countries["FR"].GetProperty("score").ValueKind);
    }

    [Theory]
    [InlineData("IR")]
    [InlineData("ir")]
    public async Task A_country_comes_with_its_signals_and_events_whatever_the_case_of_its_code(string code)
    {
        var iran = await world.Json($"/v1/countries/{code}");
        Assert.Equal("Iran", iran.GetProperty("name").GetString());
        Assert.Equal(["ioda.bgp", "ioda.ping-slash24"], iran.GetProperty("signals").EnumerateArray().Select(signal => signal.GetProperty("signal").GetString()));
        Assert.Contains(world.Gone.Event, iran.GetProperty("events").EnumerateArray().Select(told => told.GetProperty("event").GetString()));
    }

    [Theory]
    [InlineData("/v1/countries/ZZ", 404)]
    [InlineData("/v1/countries/nonsense", 404)]
    [InlineData("/v1/countries/%F0%9F%92%A9", 404)]
    [InlineData("/v1/events?country=ZZ", 400)]
    [InlineData("/v1/events/0000000000000000", 404)]
    [InlineData("/v1/events/nonsense", 404)]
    [InlineData("/v1/events/nonsense/report", 404)]
    [InlineData("/reports/nonsense/1", 404)]
    public async Task Nonsense_is_told_apart_as_a_problem_with_its_title(string path, int expected)
    {
        var (status, type, body) = await world.Ask(path);
        Assert.Equal((expected, "application/problem+json"), (status, type));
        Assert.StartsWith("No such", JsonDocument.Parse(body).RootElement.GetProperty("title").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Events_are_listed_newest_first_and_by_country()
    {
        var all = (await world.Json("/v1/events")).GetProperty("events").EnumerateArray().ToList();
        Assert.Equal(world.Revisions.Select(revision => revision.Event).Distinct().Count(), all.Count);
        Assert.Equal(all.Select(Start).OrderDescending(), all.Select(Start));
        var iran = (await world.Json("/v1/events?country=ir")).GetProperty("events").EnumerateArray().ToList();
        Assert.NotEmpty(iran);
        Assert.All(iran, told => Assert.Equal("IR", told.GetProperty("country").GetString()));
        var ongoing = (await world.Json("/v1/events?ongoing=true")).GetProperty("events").EnumerateArray();
        Assert.All(ongoing, told => Assert.Equal(JsonValueKind.Null, told.GetProperty("closed").ValueKind));

        static DateTimeOffset Start(JsonElement told) => told.GetProperty("start").GetDateTimeOffset();
    }

    [Fact]
    public async Task An_event_tells_all_its_revisions_in_order()
    {
        var told = await world.Json($"/v1/events/{world.Gone.Event}");
        Assert.Equal(
            Enumerable.Range(1, world.Gone.Number), told.GetProperty("revisions").EnumerateArray().Select(revision => revision.GetProperty("revision").GetInt32()));
    }

    [Theory]
    [InlineData("?format=html", null, "text/html", "<!DOCTYPE html>")]
    [InlineData("?format=txt", null, "text/plain", "Iran")]
    [InlineData("?format=json", null, "application/json", "{")]
    [InlineData("", "application/json", "application/json", "{")]
    [InlineData("", "text/plain", "text/plain", "Iran")]
    [InlineData("", "text/html,application/xhtml+xml,*/*;q=0.8", "text/html", "<!DOCTYPE html>")]
    [InlineData("?revision=1", null, "text/html", "<!DOCTYPE html>")]
    public async Task A_report_comes_in_the_form_asked_for(string query, string? accept, string type, string beginning)
    {
        var (status, sent, body) = await world.Ask($"/v1/events/{world.Gone.Event}/report{query}", accept);
        Assert.Equal((200, type), (status, sent));
        Assert.Contains(beginning, body[..Math.Min(300, body.Length)], StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("?format=pdf", 400)]
    [InlineData("?revision=99", 404)]
    public async Task A_report_that_is_not_there_is_a_problem(string query, int expected) =>
        Assert.Equal((expected, "application/problem+json"), await world.Ask($"/v1/events/{world.Gone.Event}/report{query}") is var (status, type, _) ? (status, type) : default);

    [Fact]
    public async Task The_address_in_a_letter_leads_to_the_report_it_tells()
    {
        for (var revision = 1; revision <= world.Gone.Number; revision++)
        {
            var linked = await world.Ask($"/reports/{world.Gone.Event}/{revision}");
            Assert.Equal((200, "text/html"), (linked.Status, linked.Type));
            Assert.Equal((await world.Ask($"/v1/events/{world.Gone.Event}/report?format=html&revision={revision}")).Body, linked.Body);
        }
        Assert.Equal(404, (await world.Ask($"/reports/{world.Gone.Event}/99")).Status);
    }

    [Fact]
    public async Task Sources_tell_until_when_they_were_heard()
    {
        var source = Assert.Single((await world.Json("/v1/sources")).GetProperty("sources").EnumerateArray());
        Assert.Equal("small-world", source.GetProperty("source").GetString());
        Assert.Equal(JsonValueKind.Null, source.GetProperty("unreachable_since").ValueKind);
        Assert.Equal(0, source.GetProperty("rejected").GetInt32());
    }

    [Fact]
    public async Task Nobody_gets_the_raw_series_of_a_source()
    {
        foreach (var path in (string[])["/v1/countries", "/v1/countries/IR", "/v1/events", $"/v1/events/{world.Gone.Event}"])
            foreach (var name in (string[])["value", "values", "expected", "spread", "readings"])
                Assert.DoesNotContain($"\"{name}\":", (await world.Ask(path)).Body, StringComparison.Ordinal);
        var signals = (await world.Json("/v1/countries/DE")).GetProperty("signals").EnumerateArray().ToList();
        Assert.All(signals.Where(signal => !signal.TryGetProperty("gap", out _)), signal => Assert.InRange(signal.GetProperty("percent_of_expected").GetDouble(), 95, 105));
    }
}
