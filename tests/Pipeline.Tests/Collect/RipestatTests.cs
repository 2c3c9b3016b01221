namespace Pharos.Pipeline.Tests;

public class RipestatTests
{
    private static readonly Interval Window = Given.Window("2026-03-01T10:00:00Z", "2026-03-01T11:00:00Z");

    private static string Envelope(string stats, string more = "") =>
        $$"""{"messages":[["info","all is well"]],"data":{"stats":[{{stats}}],"resource":"kp","resolution":"5m"},"status":"ok"{{more}}}""";

    private static string Stat(string timeline, string values) => $$"""{"timeline":[{{timeline}}],{{values}}}""";

    private static string Range(string from, string to) => $$"""{"starttime":"2026-03-01T{{from}}","endtime":"2026-03-01T{{to}}"}""";

    private static Sieve Parse(string text) => Ripestat.Parse(Given.Bytes(text), Given.KP, Window);

    [Fact]
    public void A_merged_value_holds_for_every_bin_of_its_ranges_the_last_included()
    {
        var sieve = Parse(Envelope(Stat(Range("10:00:00", "10:20:00") + "," + Range("10:30:00+00:00", "10:30:00+00:00"), "\"v4_prefixes_ris\":4,\"v6_prefixes_ris\":\"0\",\"asns_ris\":2.5")));
        Assert.Empty(sieve.Rejects);
        Assert.Equal(6, sieve.Readings.Count(each => each.Signal == Signals.RipestatPrefixesV4));
        Assert.Equal(4, sieve.Readings.Value(Signals.RipestatPrefixesV4, "2026-03-01T10:20:00Z"));
        Assert.Equal(0, sieve.Readings.Value(Signals.RipestatPrefixesV6, "2026-03-01T10:30:00Z"));
        Assert.Equal(2.5, sieve.Readings.Value(Signals.RipestatAsns, "2026-03-01T10:00:00Z"));
        Assert.DoesNotContain(sieve.Readings, each => each.Bin == Bin.Parse("2026-03-01T10:25:00Z"));
    }

    [Fact]
    public void Minus_one_is_a_gap_and_never_zero()
    {
        var sieve = Parse(Envelope(Stat(Range("10:00:00", "10:00:00"), "\"v4_prefixes_ris\":-1,\"v6_prefixes_ris\":null,\"asns_ris\":3")));
        Assert.Empty(sieve.Rejects);
        foreach (var each in sieve.Readings.Where(each => each.Signal != Signals.RipestatAsns))
        {
            Assert.False(each.Reading.TryValue(out _));
            Assert.Equal(Gap.NotAvailable, each.Reading.Gap);
        }
    }

    [Fact]
    public void Bins_beyond_the_window_are_dropped()
    {
        var sieve = Parse(Envelope(Stat(Range("09:50:00", "11:20:00"), "\"v4_prefixes_ris\":1,\"v6_prefixes_ris\":1,\"asns_ris\":1")));
        Assert.Equal(3 * 12, sieve.Readings.Count);
        Assert.Equal(7, sieve.Skipped["outside the window"]);
    }

    [Theory]
    [InlineData("\"v4_prefixes_ris\":1e400", "v4_prefixes_ris: is not finite")]
    [InlineData("\"v4_prefixes_ris\":-2", "v4_prefixes_ris: is negative")]
    [InlineData("\"v4_prefixes_ris\":true", "v4_prefixes_ris: is no number")]
    [InlineData("\"v4_prefixes_ris\":\"NaN\"", "v4_prefixes_ris: is not finite")]
    [InlineData("\"v4_prefixes_ris\":1,\"v4_prefixes_ris\":2", "v4_prefixes_ris: stands twice")]
    public void Nonsense_is_rejected_with_the_field_and_an_excerpt(string value, string reason)
    {
        var sieve = Parse(Envelope(Stat(Range("10:00:00", "10:05:00"), value)));
        Assert.Empty(sieve.Readings);
        var reject = Assert.Single(sieve.Rejects);
        Assert.Equal(reason, reject.Reason);
        Assert.InRange(reject.Excerpt.Length, 1, 200);
    }

    [Theory]
    [InlineData("10:10:00", "10:05:00", "timeline: endtime lies before starttime")]
    [InlineData("11:10:00", "11:20:00", "timeline: lies in the future of the question")]
    [InlineData("soon", "later", "timeline: starttime or endtime is no time")]
    public void A_range_that_cannot_be_is_rejected(string from, string to, string reason) =>
        Assert.Equal(reason, Assert.Single(Parse(Envelope(Stat(Range(from, to), "\"v4_prefixes_ris\":1"))).Rejects).Reason);

    [Fact]
    public void A_bin_that_is_told_twice_keeps_its_first_value()
    {
        var sieve = Parse(Envelope(Stat(Range("10:00:00", "10:00:00"), "\"asns_ris\":1") + "," + Stat(Range("10:00:00", "10:05:00"), "\"asns_ris\":2")));
        Assert.Equal(1, sieve.Readings.Value(Signals.RipestatAsns, "2026-03-01T10:00:00Z"));
        Assert.Equal(2, sieve.Readings.Value(Signals.RipestatAsns, "2026-03-01T10:05:00Z"));
        Assert.Contains("told twice", Assert.Single(sieve.Rejects).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"messages":[["info","down for maintenance"]],"data_call_status":"maintenance","data":{},"status":"ok"}""", "down for maintenance")]
    [InlineData("""{"messages":[["error","no such thing"]],"data":{},"status":"error"}""", "status error: \"no such thing\"")]
    [InlineData("""{"data":{"stats":[],"resource":"kr","resolution":"5m"},"status":"ok"}""", "about 'kr'")]
    [InlineData("""{"data":{"stats":[],"resource":"kp","resolution":"1d"},"status":"ok"}""", "resolution is '1d'")]
    [InlineData("""[1,2]""", "no stats")]
    [InlineData("", "no whole JSON")]
    [InlineData("""{"data":{"stats":[{"timeline":""", "no whole JSON")]
    public void An_answer_of_another_shape_is_a_failure_and_tells_nothing(string text, string reason)
    {
        var sieve = Parse(text);
        Assert.Empty(sieve.Readings);
        Assert.Contains(reason, sieve.Unusable, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_are_no_text_are_refused_and_not_thrown()
    {
        var bytes = Given.Bytes(Envelope(Stat(Range("10:00:00", "10:00:00"), "\"asns_ris\":\"?\"")));
        bytes[Array.LastIndexOf(bytes, (byte)'?')] = 0xFF;
        var sieve = Ripestat.Parse(bytes, Given.KP, Window);
        Assert.Empty(sieve.Readings);
        Assert.Equal(1, sieve.Rejected);
    }

    [Fact]
    public async Task A_country_whose_question_fails_is_unheard_and_has_no_readings()
    {
        var good = Envelope(Stat(Range("10:00:00", "10:55:00"), "\"v4_prefixes_ris\":4,\"v6_prefixes_ris\":0,\"asns_ris\":2"));
        using var upstream = Given.Answers(uri => uri.Query.Contains("resource=kp", StringComparison.Ordinal) ? (200, good) : (500, "<html>oops</html>"));
        using var fetcher = Given.Fetcher(upstream);
        var collected = await new Ripestat(fetcher).Collect(Window, null, [Given.KP, Given.ET], default);
        Assert.All(collected.Readings, each => Assert.Equal(Given.KP, each.Country));
        Assert.Equal(36, collected.Readings.Count);
        Assert.Equal([Given.ET], collected.Unheard);
        Assert.StartsWith("ET: Broken: 500", Assert.Single(collected.Failures), StringComparison.Ordinal);
        Assert.Equal(
            "https://stat.ripe.net/data/country-resource-stats/data.json?resource=kp&starttime=2026-03-01T10:00:00&endtime=2026-03-01T11:00:00&resolution=5m&sourceapp=pharos&data_overload_limit=ignore",
            upstream.Asked[0].AbsoluteUri);
    }

    [Theory]
    [InlineData("2026-03-01T10:30:00", true)]
    [InlineData("2026-03-01T12:00:00", false)]
    public async Task A_source_further_behind_than_the_overlap_is_asked_again_for_what_it_owes(string latest, bool behind)
    {
        var window = Given.Window("2026-03-01T10:00:00Z", "2026-03-01T14:00:00Z");
        var text = Envelope(Stat(Range("10:00:00", "10:25:00"), "\"asns_ris\":2")).Replace("\"resource\"", $"\"latest_time\":\"{latest}\",\"resource\"", StringComparison.Ordinal);
        using var upstream = Given.Answers(_ => (200, text));
        using var fetcher = Given.Fetcher(upstream);
        var collected = await new Ripestat(fetcher).Collect(window, null, [Given.KP], default);
        Assert.Equal(6, collected.Readings.Count);
        Assert.Equal(1, collected.Answers);
        Assert.Equal(behind, collected.Unheard.Contains(Given.KP));
    }
}
