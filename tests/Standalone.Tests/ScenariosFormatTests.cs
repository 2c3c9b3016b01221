using System.Net;
using System.Text.Json;
using static Pharos.Standalone.Tests.ScenariosAsked;

namespace Pharos.Standalone.Tests;

public class ScenariosFormatTests
{
    private const string Now = "2014-12-21T12:00:00Z";

    [Fact]
    public void RIPEstat_merges_equal_bins_and_lags_by_more_than_an_hour()
    {
        using var asked = new ScenariosAsked(Now);
        var root = asked.Json(Ripestat("CZ", "2014-12-20T00:00:00", "2014-12-21T12:00:00"));
        Assert.Equal("ok", root.GetProperty("status").GetString());
        Assert.Equal(200, root.GetProperty("status_code").GetInt32());
        Assert.Equal("country-resource-stats", root.GetProperty("data_call_name").GetString());
        var data = root.GetProperty("data");
        Assert.Equal("cz", data.GetProperty("resource").GetString());
        Assert.Equal("5m", data.GetProperty("resolution").GetString());
        Assert.Equal("2014-12-20T00:00:00", data.GetProperty("query_starttime").GetString());
        Assert.Equal("2014-12-21T10:40:00", data.GetProperty("hd_latest_time").GetString());

        var stats = data.GetProperty("stats").EnumerateArray().ToArray();
        Assert.InRange(stats.Length, 2, 100); // far fewer than bins
        Assert.All(stats, stat =>
        {
            Assert.Equal(-1, stat.GetProperty("v4_prefixes_stats").GetInt32());
            Assert.Equal(-1, stat.GetProperty("v6_prefixes_stats").GetInt32());
            Assert.True(stat.GetProperty("asns_ris").GetInt32() <= stat.GetProperty("asns_stats").GetInt32());
            Assert.EndsWith("T00:00:00", stat.GetProperty("stats_date").GetString(), StringComparison.Ordinal);
            Assert.All(stat.GetProperty("timeline").EnumerateArray(), range => Assert.EndsWith("+00:00", range.GetProperty("starttime").GetString(), StringComparison.Ordinal));
        });

        var bins = asked.Ris("CZ", "2014-12-20T00:00:00", "2014-12-21T12:00:00");
        var last = Bin.Parse("2014-12-21T10:40:00Z"); // its five minutes were over 75 minutes before noon
        Assert.Equal(new Interval(At("2014-12-20T00:00:00Z"), last.End).Bins, bins.Keys);
    }

    [Fact]
    public void Merged_timelines_expand_to_the_series()
    {
        using var asked = new ScenariosAsked("2014-12-26T00:00:00Z");
        foreach (var code in new[] { "KP", "US", "MZ", "NR" })
        {
            var series = asked.Scenario.SeriesOf(code)!;
            foreach (var (field, counts) in new[] { ("v4_prefixes_ris", series.PrefixesV4), ("v6_prefixes_ris", series.PrefixesV6), ("asns_ris", series.Asns) })
                Assert.Equal(counts.Take((20 * Bin.PerDay) + 1), asked.Ris(code, "2014-11-01T00:00:00", "2014-11-21T00:00:00", field).Values);
        }
    }

    [Fact]
    public void IODA_answers_a_list_of_lists_with_nulls_while_bins_fill()
    {
        using var asked = new ScenariosAsked(Now);
        foreach (var (source, step, nulls) in new[] { ("bgp", 300, 1), ("ping-slash24", 600, 1), ("merit-nt", 300, 1), ("gtr", 1800, 5) })
        {
            var root = asked.Json($"{IodaSignals}CZ,NZ,QQ?from={Unix("2014-12-21T06:00:00Z")}&until={Unix(Now)}&datasource={source}");
            Assert.Equal("signals", root.GetProperty("type").GetString());
            Assert.Equal(JsonValueKind.Null, root.GetProperty("error").ValueKind);
            Assert.Equal(3, root.GetProperty("data").GetArrayLength());
            Assert.Equal(0, root.GetProperty("data")[2].GetArrayLength());
            var series = root.GetProperty("data")[1][0];
            Assert.Equal("country", series.GetProperty("entityType").GetString());
            Assert.Equal("NZ", series.GetProperty("entityCode").GetString());
            Assert.Equal("New Zealand", series.GetProperty("entityName").GetString());
            Assert.Equal("geo.provider.OC.NZ", series.GetProperty("entityFqid").GetString());
            Assert.Equal(source, series.GetProperty("datasource").GetString());
            Assert.Equal(step, series.GetProperty("step").GetInt32());
            Assert.Equal(step, series.GetProperty("nativeStep").GetInt32());
            Assert.Equal(Unix("2014-12-21T06:00:00Z"), series.GetProperty("from").GetInt64());
            var values = series.GetProperty("values").EnumerateArray().ToArray();
            Assert.Equal(6 * 3600 / step, values.Length);
            Assert.All(values[..^nulls], value => Assert.True(value.GetInt32() >= 0));
            Assert.All(values[^nulls..], value => Assert.Equal(JsonValueKind.Null, value.ValueKind));
        }
    }

    [Fact]
    public void IODA_refuses_what_it_refuses()
    {
        using var asked = new ScenariosAsked(Now);
        foreach (var query in new[] { "until=5&datasource=bgp", "from=0&until=9000000&datasource=bgp", "from=5&until=1&datasource=bgp", "from=1&until=5&datasource=bgp,gtr" })
        {
            using var response = asked.Response($"{IodaSignals}NZ?{query}");
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            Assert.Equal(JsonValueKind.Null, asked.Json($"{IodaSignals}NZ?{query}").GetProperty("data").ValueKind);
        }
    }

    [Fact]
    public void Atlas_lists_probes_page_by_page()
    {
        using var asked = new ScenariosAsked(Now);
        var (uri, seen, pages) = ($"{Atlas}probes/?page_size=20&fields=id,status", new HashSet<int>(), 0);
        for (string? next = uri; next is not null; pages++)
        {
            var root = asked.Json(next);
            foreach (var probe in root.GetProperty("results").EnumerateArray())
            {
                Assert.True(seen.Add(probe.GetProperty("id").GetInt32()));
                var status = probe.GetProperty("status");
                Assert.Contains(status.GetProperty("name").GetString(), new[] { "Never Connected", "Connected", "Disconnected", "Abandoned", "Written Off" });
                if (status.GetProperty("id").GetInt32() == 0)
                    Assert.Equal(JsonValueKind.Null, status.GetProperty("since").ValueKind);
                else
                    Assert.Equal(status.GetProperty("since").GetDateTimeOffset().ToUnixTimeSeconds(), probe.GetProperty("status_since").GetInt64());
                Assert.Equal(2, probe.GetProperty("country_code").GetString()!.Length);
                Assert.Equal("Probe", probe.GetProperty("type").GetString());
            }

            Assert.Equal(asked.Scenario.Probes.Count, root.GetProperty("count").GetInt32());
            next = root.GetProperty("next").GetString();
        }

        Assert.Equal(3, pages);
        Assert.Equal(asked.Scenario.Probes.Count, seen.Count);
        Assert.InRange(seen.Count, 30, 60);
        Assert.Empty(asked.ProbeIds("KP"));
    }

    [Fact]
    public void Atlas_tells_the_connection_log_in_both_formats_and_in_no_order_of_time()
    {
        using var asked = new ScenariosAsked("2014-12-26T00:00:00Z");
        var query = $"{Atlas}measurements/7000/results/?start={Unix("2014-10-31T00:00:00Z")}&stop={Unix("2014-12-26T00:00:00Z")}&format=";
        var lines = asked.Lines(query + "txt");
        Assert.Equal(lines.Length, asked.Json(query + "json").GetArrayLength());
        Assert.All(lines, line =>
        {
            Assert.Equal(7000, line.GetProperty("msm_id").GetInt32());
            Assert.Equal("connection", line.GetProperty("type").GetString());
            Assert.Contains(line.GetProperty("event").GetString(), new[] { "connect", "disconnect" });
            Assert.Equal(line.GetProperty("asn").ValueKind == JsonValueKind.Null, line.GetProperty("prefix").ValueKind == JsonValueKind.Null);
        });
        Assert.Contains(lines, line => line.GetProperty("asn").ValueKind == JsonValueKind.Null && line.GetProperty("event").GetString() == "disconnect");
        var times = lines.Select(line => line.GetProperty("timestamp").GetInt64()).ToArray();
        Assert.NotEqual(times.Order(), times);
    }

    [Fact]
    public void Atlas_takes_ids_and_ranges_and_tells_pings_as_old_firmware_did()
    {
        using var asked = new ScenariosAsked(Now);
        var ids = asked.ProbeIds("GE");
        var wanted = $"{ids[0]},{ids[2]}-{ids[4]}";
        var query = $"{Atlas}measurements/1001/results/?start={Unix("2014-12-20T00:00:00Z")}&stop={Unix("2014-12-20T23:59:59Z")}&probe_ids={wanted}&format=";
        var lines = asked.Lines(query + "txt");
        Assert.Equal(lines.Length, asked.Json(query + "json").GetArrayLength());
        Assert.InRange(lines.Length, 4 * 300, 4 * 361);
        Assert.Equal(new[] { ids[0], ids[2], ids[3], ids[4] }, lines.Select(line => line.GetProperty("prb_id").GetInt32()).Distinct());
        Assert.All(lines, line =>
        {
            Assert.Equal(1001, line.GetProperty("msm_id").GetInt32());
            Assert.Equal("ping", line.GetProperty("type").GetString());
            Assert.Equal("193.0.14.129", line.GetProperty("dst_addr").GetString());
            Assert.Equal(240, line.GetProperty("step").GetInt32());
            Assert.InRange(line.GetProperty("fw").GetInt32(), 4650, 4680);
            Assert.True(line.TryGetProperty("lts", out _));
            Assert.False(line.TryGetProperty("mver", out _) || line.TryGetProperty("stored_timestamp", out _));
            var packets = line.GetProperty("result").EnumerateArray().ToArray();
            var answered = packets.Count(packet => packet.TryGetProperty("rtt", out _));
            Assert.Equal(3, packets.Length);
            Assert.Equal(answered, line.GetProperty("rcvd").GetInt32());
            Assert.Equal(answered == 0, line.GetProperty("avg").GetDouble() < 0);
            Assert.InRange(line.GetProperty("avg").GetDouble(), line.GetProperty("min").GetDouble(), line.GetProperty("max").GetDouble());
        });
    }

    [Theory]
    [InlineData("https://atlas.ripe.net/api/v2/anchors/")]
    [InlineData("https://atlas.ripe.net/api/v2/measurements/5001/results/")]
    [InlineData("https://stat.ripe.net/data/bgp-state/data.json?resource=AS3333")]
    [InlineData("https://api.ioda.inetintel.cc.gatech.edu/v2/outages/alerts?from=1&until=2")]
    [InlineData("https://example.net/")]
    public void What_nobody_asks_is_not_found_and_is_still_json(string uri)
    {
        using var asked = new ScenariosAsked(Now);
        using var response = asked.Response(uri);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(JsonValueKind.Object, asked.Json(uri).ValueKind);
    }
}
