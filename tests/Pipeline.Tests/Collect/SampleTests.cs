namespace Pharos.Pipeline.Tests;

public class SampleTests
{
    public static TheoryData<string, string> All => new()
    {
        { "ripestat", "ripestat/andrelia/country_resource_stats.json" },
        { "ioda", "ioda/wayseer-2026-10-07/country-bgp.json" },
        { "ioda", "ioda/wayseer-2026-10-07/country-merit-nt.json" },
        { "ioda", "ioda/wayseer-2026-10-07/country-ping-slash24.json" },
        { "ioda", "ioda/wayseer-2026-10-07/nz-gtr-norm.json" },
        { "ioda", "ioda/wayseer-2026-10-07/country-events.format-ioda.json" },
        { "ioda", "ioda/wayseer-2026-10-07/countries.json" },
        { "ioda", "ioda/wayseer-2026-10-07/asn-9500.json" },
        { "ioda", "ioda/signals.asn-1299.upstream-delay-penult-asns.json" },
        { "ioda", "ioda/signals.asn-1299.upstream-delay-penult-e2e-latency.json" },
        { "ripe-atlas", "ripe-atlas/sagan/ping.ndjson" },
        { "ripe-atlas", "ripe-atlas/sagan/traceroute.ndjson" },
        { "ripe-atlas", "ripe-atlas/sagan/dns.ndjson" },
        { "ripe-atlas", "ripe-atlas/sagan/http.ndjson" },
        { "ripe-atlas", "ripe-atlas/sagan/ntp.ndjson" },
        { "ripe-atlas", "ripe-atlas/sagan/ssl.ndjson" },
        { "ripe-atlas", "ripe-atlas/sagan/wifi.ndjson" },
        { "ripe-atlas", "ripe-atlas/transcribed/ping-fw5100-fw5120.ndjson" },
        { "ripe-atlas", "ripe-atlas/transcribed/ntp-fw5090-fw4790.ndjson" },
        { "ripe-atlas", "ripe-atlas/pantrace/traceroute-fw5020.ndjson" },
        { "ripe-atlas", "ripe-atlas/quad9/msm-24980149.dns.results.json" },
        { "ripe-atlas", "ripe-atlas/quad9/msm-29083406.dns.results.json" },
        { "ripe-atlas", "ripe-atlas/vigia-ve-2026-09-24/msm-7000-results.json" },
        { "ripe-atlas", "ripe-atlas/vigia-ve-2026-09-24/msm-7000-results.format-txt.ndjson" },
        { "ripe-atlas", "ripe-atlas/vigia-ve-2026-09-24/probes-ve.fields-id-status-geometry.reduced.json" },
        { "ripe-atlas", "ripe-atlas/keltia/probe-0.json" },
    };

    [Theory]
    [MemberData(nameof(All))]
    public void A_recorded_answer_is_read_without_rejects(string source, string path)
    {
        var inspected = Inspection.Read(source, Samples.Read(path));
        Assert.Empty(inspected.Rejects);
        Assert.True(inspected.Read + inspected.Skipped.Values.Sum() > 0);
        Assert.Equal(inspected.Read, inspected.Lines.Count());
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_recorded_answer_cut_anywhere_is_read_up_to_the_cut_or_refused(string source, string path)
    {
        var bytes = Samples.Read(path);
        var whole = Inspection.Read(source, bytes).Read;
        for (var i = 0; i < 50; i++)
        {
            var cut = Inspection.Read(source, bytes.AsMemory(0, bytes.Length * i / 50));
            Assert.True(cut.Read <= whole);
            Assert.Equal(cut.Read, cut.Lines.Count());
        }
    }

    [Theory]
    [InlineData("ripe-atlas/vigia-ve-2026-09-24/msm-7000-results.json")]
    [InlineData("ripe-atlas/vigia-ve-2026-09-24/msm-7000-results.format-txt.ndjson")]
    public void The_connection_log_of_a_day_in_Venezuela_has_57_events_of_which_26_disconnects(string path)
    {
        var log = ConnectionLog.Parse(Samples.Read(path));
        Assert.Equal(57, log.Events.Count);
        Assert.Equal(26, log.Events.Count(each => !each.Connects));
        Assert.False(log.Sieve.Cut);
    }

    [Fact]
    public void Of_the_probes_of_Venezuela_45_are_connected_and_8_are_not()
    {
        var page = ProbesPage.Parse(Samples.Read("ripe-atlas/vigia-ve-2026-09-24/probes-ve.fields-id-status-geometry.reduced.json"), Country.Parse("VE"));
        Assert.Equal(45, page.Probes.Count(probe => probe.Connected));
        Assert.Equal(8, page.Probes.Count(probe => !probe.Connected));
        Assert.Equal(64 - 53, page.Sieve.Skipped.Values.Sum());
        Assert.Null(page.Next);
    }

    [Fact]
    public void The_roster_of_Venezuela_told_on_by_its_log_ends_at_the_listed_state()
    {
        var probes = ProbesPage.Parse(Samples.Read("ripe-atlas/vigia-ve-2026-09-24/probes-ve.fields-id-status-geometry.reduced.json"), Country.Parse("VE")).Probes;
        var events = ConnectionLog.Parse(Samples.Read("ripe-atlas/vigia-ve-2026-09-24/msm-7000-results.json")).Events;
        var (start, end) = (1_790_204_400L, 1_790_298_000L);
        var window = new Interval(DateTimeOffset.FromUnixTimeSeconds(start), DateTimeOffset.FromUnixTimeSeconds(end));
        var roster = ProbeRoster.Seed(Country.Parse("VE"), start, end, probes);
        var readings = roster.Read(events, window).ToList();
        Assert.Equal(window.Bins.Count(), readings.Count);
        Assert.All(readings, each => Assert.InRange(each.Reading.Coverage!.Value, 50, 53));
        Assert.True(readings[^1].Reading.TryValue(out var last));
        Assert.Equal(45, last);
        Assert.Equal(53, readings[^1].Reading.Coverage);
    }

    [Fact]
    public void Austria_for_half_a_year_has_every_bin_of_three_signals()
    {
        var sieve = Ripestat.Parse(Samples.Read("ripestat/andrelia/country_resource_stats.json"));
        Assert.Equal(3 * 55_320, sieve.Readings.Count);
        Assert.All(sieve.Readings, each => Assert.Equal("AT", each.Country.Code));
        Assert.Equal(3519, sieve.Readings.Value(Signals.RipestatPrefixesV4, "2024-12-01T12:20:00Z"));
        Assert.Equal(788, sieve.Readings.Value(Signals.RipestatPrefixesV6, "2024-12-01T13:00:00Z"));
        Assert.Equal(604, sieve.Readings.Value(Signals.RipestatAsns, "2025-06-11T01:40:00Z"));
    }

    [Theory]
    [InlineData("ripestat/andrelia/ris_first_last_seen.json")]
    [InlineData("ripestat/andrelia/routing_status.json")]
    public void Another_data_call_and_maintenance_are_refused_with_the_reason(string path)
    {
        var sieve = Ripestat.Parse(Samples.Read(path));
        Assert.Empty(sieve.Readings);
        Assert.StartsWith("no stats in the answer", sieve.Unusable, StringComparison.Ordinal);
    }

    [Fact]
    public void Old_firmware_pings_are_read_like_new_ones()
    {
        var inspected = Inspection.Read("ripe-atlas", Samples.Read("ripe-atlas/sagan/ping.ndjson"));
        Assert.Equal(15, inspected.Read);
        Assert.Empty(inspected.Skipped);
        Assert.Contains("""{"probe":677,"measurement":1000192,"at":"2012-01-31T14:23:12Z","sent":3,"answered":3}""", inspected.Lines);
    }

    [Fact]
    public void The_newest_point_of_a_rebinned_series_is_left_out()
    {
        var sieve = Ioda.Parse(Samples.Read("ioda/wayseer-2026-10-07/country-merit-nt.json"));
        Assert.Equal(3 * 3, sieve.Readings.Count);
        Assert.Equal(3, sieve.Skipped["newest point of a re-binned series"]);
        Assert.All(sieve.Readings, each => Assert.Equal(Signals.IodaTelescope, each.Signal));
    }

    [Fact]
    public void An_error_of_ioda_is_a_failure_with_its_text() =>
        Assert.Contains("'from' timestamp must be set", Ioda.Parse(Samples.Read("ioda/errors.json")).Unusable, StringComparison.Ordinal);

    [Fact]
    public void An_error_of_ripe_atlas_is_a_failure_and_never_an_empty_list()
    {
        var bytes = Samples.Read("ripe-atlas/transcribed/errors.ndjson");
        foreach (var line in System.Text.Encoding.UTF8.GetString(bytes).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            Assert.NotNull(ProbesPage.Parse(Given.Bytes(line)).Sieve.Unusable);
            Assert.NotNull(ConnectionLog.Parse(Given.Bytes(line)).Sieve.Unusable);
        }
    }
}
