using Microsoft.Extensions.Time.Testing;

namespace Pharos.Pipeline.Tests;

public class RipeAtlasTests
{
    // 2026-03-01T10:00:00Z
    private const long Ten = 1_772_359_200;
    private static readonly Interval Window = Given.Window("2026-03-01T10:00:00Z", "2026-03-01T10:30:00Z");

    private static string Event(int probe, string what, long at) =>
        $$"""{"timestamp":{{at}},"prb_id":{{probe}},"msm_id":7000,"type":"connection","event":"{{what}}","controller":"ctr","asn":null,"prefix":null}""";

    private static string Ping(int probe, long at, int received, int sent = 3) =>
        $$"""{"prb_id":{{probe}},"msm_id":1001,"timestamp":{{at}},"sent":{{sent}},"rcvd":{{received}},"type":"ping","step":240}""";

    private static ProbeRoster Roster(params Probe[] probes) => new(Given.KP, Ten, Ten, probes);

    private static double[] Counts(ProbeRoster roster, params string[] lines) =>
        [.. roster.Read(ConnectionLog.Parse(Given.Bytes(string.Join('\n', lines))).Events, Window).Select(each => each.Reading.TryValue(out var value) ? value : -1)];

    [Fact]
    public void Connected_is_counted_at_the_end_of_the_bin()
    {
        var roster = Roster(new Probe(1, true, 0), new Probe(2, true, 0));
        Assert.Equal([1, 1, 2, 2, 2, 2], Counts(roster, Event(1, "disconnect", Ten + 299), Event(1, "connect", Ten + 600)));
        Assert.Equal([2, 1, 1, 1, 1, 1], Counts(roster, Event(1, "disconnect", Ten + 300)));
    }

    [Fact]
    public void The_log_may_come_in_any_order_with_repeats_and_without_partners()
    {
        var roster = Roster(new Probe(1, true, 0), new Probe(2, false, 0));
        var lines = new[] { Event(1, "connect", Ten + 1000), Event(1, "disconnect", Ten + 100), Event(2, "connect", Ten + 400), Event(2, "connect", Ten + 900), Event(1, "disconnect", Ten + 100) };
        Assert.Equal([0, 1, 1, 2, 2, 2], Counts(roster, lines));
        Assert.Equal([0, 1, 1, 2, 2, 2], Counts(roster, [.. lines.Reverse()]));
    }

    [Fact]
    public void A_probe_of_unknown_state_was_before_its_first_event_what_it_is_not_after()
    {
        var roster = Roster(new Probe(1, true, Ten + 700), new Probe(2, true, Ten + 99_999), new Probe(3, true, 0));
        var readings = roster.Read([], Window).ToList();
        Assert.Equal([1, 1, 2, 2, 2, 2], Counts(roster));
        Assert.All(readings, each => Assert.Equal(2, each.Reading.Coverage));
    }

    [Fact]
    public void A_country_without_probes_has_no_vantage_point_which_is_not_zero() =>
        Assert.All(Roster().Read([], Window), each => Assert.Equal((Gap.NoVantagePoints, false), (each.Reading.Gap, each.Reading.TryValue(out _))));

    [Fact]
    public void A_window_told_in_two_halves_is_the_window_told_at_once()
    {
        var random = new Random(7);
        for (var round = 0; round < 200; round++)
        {
            var probes = Enumerable.Range(1, 6).Select(id => new Probe(id, random.Next(2) == 0, random.Next(3) == 0 ? Ten + random.Next(1800) : 0)).ToArray();
            var events = probes.Where(probe => probe.Since > 0).Select(probe => new ProbeEvent(probe.Id, probe.Since, probe.Connected))
                .Concat(Enumerable.Range(0, 12).Select(_ => new ProbeEvent(random.Next(1, 7), Ten + random.Next(1800), random.Next(2) == 0)))
                .DistinctBy(each => (each.Probe, each.At)).Order().ToList();
            var roster = Roster(probes);
            var middle = Ten + 900;
            var later = roster.Advance(events, middle);
            Assert.Equal(later, later.Advance(events, middle));
            var whole = roster.Read(events, Window).Skip(3).Where(each => each.Reading.Coverage == 6).ToList();
            var half = later.Read(events, new Interval(DateTimeOffset.FromUnixTimeSeconds(middle), Window.End)).ToList();
            Assert.All(whole, each => Assert.Contains(each, half));
        }
    }

    [Fact]
    public void The_share_of_pings_counts_each_result_once_in_its_own_bin()
    {
        var share = new PingShare(Window, [(Given.KP, [1, 2]), (Given.ET, [3])]);
        var sieve = share.Add(Given.Bytes(string.Join('\n', Ping(1, Ten + 10, 3), Ping(1, Ten + 10, 3), Ping(2, Ten + 20, 0), Ping(1, Ten + 250, 1), Ping(2, Ten + 260, 0, sent: 0), Ping(9, Ten, 3))), 1001);
        var reading = Assert.Single(share.Read());
        Assert.Equal((Given.KP, Signals.AtlasPing, Bin.Parse("2026-03-01T10:00:00Z")), (reading.Country, reading.Signal, reading.Bin));
        Assert.True(reading.Reading.TryValue(out var value));
        Assert.Equal(2 / 3.0, value);
        Assert.Equal(2, reading.Reading.Coverage);
        Assert.Equal(["nothing sent", "probe was not asked for", "repeated"], sieve.Skipped.Keys);
    }

    [Fact]
    public void A_truncated_answer_is_read_up_to_the_cut_and_says_so()
    {
        var text = string.Join('\n', Ping(1, Ten + 10, 3), Ping(1, Ten + 250, 3));
        foreach (var cut in new[] { text[..^20], $"[{text.Replace('\n', ',')}"[..^20] })
        {
            var share = new PingShare(Window, [(Given.KP, [1])]);
            var sieve = share.Add(Given.Bytes(cut), 1001);
            Assert.True(sieve.Cut);
            Assert.StartsWith("truncated: ", Assert.Single(sieve.Rejects).Reason, StringComparison.Ordinal);
            Assert.Single(share.Read());
        }
    }

    [Fact]
    public void A_result_of_tomorrow_is_rejected() =>
        Assert.Equal("timestamp: in the future of the question", Assert.Single(ConnectionLog.Parse(Given.Bytes(Event(1, "connect", Ten + 86_400)), Window).Sieve.Rejects).Reason);

    [Fact]
    public void The_list_of_probes_is_filtered_here_because_the_upstream_ignores_what_it_does_not_know()
    {
        var page = ProbesPage.Parse(Given.Bytes("""{"next":null,"results":[{"id":1,"status":{"id":1},"country_code":"KP"},{"id":2,"status":{"id":1},"country_code":"ET"},{"id":3,"status":{"id":2},"country_code":""},{"id":4,"status":null,"country_code":"KP","geometry":null},{"id":5,"status":{"id":0,"since":null},"country_code":"KP"},{"id":"6","status":2,"country_code":"KP","status_since":1772350000}]}"""), Given.KP);
        Assert.Equal([new ListedProbe(1, Given.KP, true, 0), new ListedProbe(6, Given.KP, false, 1_772_350_000)], page.Probes);
        Assert.Empty(page.Sieve.Rejects);
        Assert.Equal(4, page.Sieve.Skipped.Values.Sum());
    }

    [Fact]
    public async Task A_sweep_follows_pages_asks_the_log_and_the_pings_and_remembers_the_roster()
    {
        using var store = new Store();
        using var upstream = Upstream();
        using var fetcher = Given.Fetcher(upstream);
        var rosters = new Rosters(store.Tables);
        var atlas = new RipeAtlas(fetcher, rosters);
        var collected = await atlas.Collect(Window, null, [Given.KP, Given.ET], default);
        Assert.Empty(collected.Failures);
        Assert.Equal(1, collected.Readings.Value(Signals.AtlasConnected, "2026-03-01T10:05:00Z", Given.KP));
        Assert.Equal(2, collected.Readings.Value(Signals.AtlasConnected, "2026-03-01T10:00:00Z", Given.KP));
        Assert.Equal(1, collected.Readings.Value(Signals.AtlasPing, "2026-03-01T10:00:00Z", Given.KP));
        Assert.Contains(collected.Readings, each => each.Country == Given.ET && each.Reading.Gap == Gap.NoVantagePoints);
        Assert.Contains($"https://atlas.ripe.net/api/v2/measurements/7000/results/?start={Ten}&stop={Ten + 1800}&probe_ids=1,2&format=txt", upstream.Asked.Select(uri => uri.AbsoluteUri));

        await collected.Remember!(default);
        var asked = upstream.Asked.Count;
        var again = await atlas.Collect(Window, null, [Given.KP, Given.ET], default);
        Assert.Equal(asked + 2, upstream.Asked.Count);
        Assert.Equal(collected.Readings, again.Readings);
    }

    [Fact]
    public async Task A_next_page_on_another_host_is_not_followed()
    {
        using var store = new Store();
        using var upstream = Given.Answers(_ => (200, """{"next":"https://example.org/api/v2/probes/?page=2","results":[]}"""));
        using var fetcher = Given.Fetcher(upstream);
        var collected = await new RipeAtlas(fetcher, new Rosters(store.Tables)).Collect(Window, null, [Given.KP], default);
        Assert.Single(upstream.Asked);
        Assert.Contains("leads nowhere", Assert.Single(collected.Failures), StringComparison.Ordinal);
        Assert.Equal([Given.KP], collected.Unheard);
        Assert.Empty(collected.Readings);
    }

    [Fact]
    public async Task A_log_that_was_cut_counts_nothing()
    {
        using var store = new Store();
        using var upstream = Upstream(cut: true);
        using var fetcher = Given.Fetcher(upstream);
        var collected = await new RipeAtlas(fetcher, new Rosters(store.Tables)).Collect(Window, null, [Given.KP], default);
        Assert.DoesNotContain(collected.Readings, each => each.Signal == Signals.AtlasConnected);
        Assert.Equal([Given.KP], collected.Unheard);
    }

    private static Answers Upstream(bool cut = false) => Given.Answers(uri => (200, uri.AbsolutePath switch
    {
        "/api/v2/probes/" when uri.Query.Contains("country_code=ET", StringComparison.Ordinal) => """{"next":null,"results":[]}""",
        "/api/v2/probes/" when uri.Query.Contains("page=2", StringComparison.Ordinal) => """{"next":null,"results":[{"id":1,"status":{"id":1},"status_since":1772000000,"country_code":"KP"}]}""",
        "/api/v2/probes/" => """{"next":"https://atlas.ripe.net/api/v2/probes/?country_code=KP&page=2","results":[{"id":2,"status":{"id":1},"status_since":1772000000,"country_code":"KP"}]}""",
        "/api/v2/measurements/7000/results/" => Event(1, "disconnect", Ten + 400)[..^(cut ? 9 : 0)],
        _ => Ping(1, Ten + 3, 3),
    }));
}
