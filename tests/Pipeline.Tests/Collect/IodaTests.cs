namespace Pharos.Pipeline.Tests;

public class IodaTests
{
    // 2026-03-01T10:00:00Z
    private const long Ten = 1_772_359_200;
    private static readonly Interval Window = Given.Window("2026-03-01T10:00:00Z", "2026-03-01T11:00:00Z");
    private static readonly HashSet<Country> Asked = [Given.ET, Given.NZ];

    private static string Series(string code, string values, string datasource = "bgp", int step = 300, int native = 300, string subtype = "", long from = Ten) =>
        $$"""{"entityType":"country","entityCode":"{{code}}","datasource":"{{datasource}}","subtype":"{{subtype}}","from":{{from}},"until":{{from + 3600}},"step":{{step}},"nativeStep":{{native}},"values":[{{values}}]}""";

    private static Sieve Parse(string data) => Ioda.Parse(Given.Bytes($$"""{"type":"signals","error":null,"data":{{data}}}"""), Asked, Window);

    [Fact]
    public void A_null_inside_is_a_gap_and_nulls_at_the_end_are_absent()
    {
        var sieve = Parse($"[[{Series("ET", "5,null,\"7\",null,null")}]]");
        Assert.Equal(3, sieve.Readings.Count);
        Assert.Equal(5, sieve.Readings.Value(Signals.IodaBgp, "2026-03-01T10:00:00Z"));
        Assert.Equal(Gap.NotAvailable, sieve.Readings[1].Reading.Gap);
        Assert.False(sieve.Readings[1].Reading.TryValue(out _));
        Assert.Equal(7, sieve.Readings.Value(Signals.IodaBgp, "2026-03-01T10:10:00Z"));
        Assert.Equal(2, sieve.Skipped["still filling (null at the end)"]);
    }

    [Fact]
    public void A_signal_of_ten_minutes_has_readings_at_its_own_bins_only()
    {
        var sieve = Parse($"[[{Series("ET", "1,2,3", "ping-slash24", 600, 600)}]]");
        Assert.Equal(["2026-03-01T10:00:00Z", "2026-03-01T10:10:00Z", "2026-03-01T10:20:00Z"], sieve.Readings.Select(each => each.Bin.ToString()));
    }

    [Fact]
    public void Codes_that_are_no_country_are_left_out_without_harm_to_the_rest()
    {
        var sieve = Parse($"[[{Series("EU", "1")}],[{Series("AN", "1")}],[{Series("??", "1")}],[{Series("FR", "1")}],[{Series("NZ", "2")}]]");
        Assert.Empty(sieve.Rejects);
        Assert.Equal(Given.NZ, Assert.Single(sieve.Readings).Country);
        Assert.Equal(4, sieve.Skipped.Where(each => !each.Key.StartsWith("still", StringComparison.Ordinal)).Sum(each => each.Value));
    }

    [Fact]
    public void Of_several_search_products_web_search_is_taken()
    {
        var sieve = Parse($"[[{Series("ET", "1", "gtr", 1800, 1800, "IMAGES")},{Series("ET", "2", "gtr", 1800, 1800, "WEB_SEARCH")}],[{Series("NZ", "3", "gtr", 1800, 1800)}]]");
        Assert.Equal(2, sieve.Readings.Value(Signals.IodaSearch, "2026-03-01T10:00:00Z", Given.ET));
        Assert.Equal(3, sieve.Readings.Value(Signals.IodaSearch, "2026-03-01T10:00:00Z", Given.NZ));
        Assert.Equal(1, sieve.Skipped["subtype IMAGES of gtr is not read"]);
    }

    [Fact]
    public void Values_that_are_lists_are_explained() =>
        Assert.Equal(2, Parse($$"""[[{{Series("ET", "[{\"agg_values\":{}}],{},4")}}]]""").Skipped["value is an object or a list (agg_values)"]);

    [Theory]
    [InlineData("1e400")]
    [InlineData("-3")]
    [InlineData("\"many\"")]
    [InlineData("false")]
    public void Nonsense_among_the_values_is_rejected_alone(string value)
    {
        var sieve = Parse($"[[{Series("ET", $"1,{value},3")}]]");
        Assert.Equal(2, sieve.Readings.Count);
        Assert.Equal("values: not a finite number of zero or more", Assert.Single(sieve.Rejects).Reason);
    }

    [Fact]
    public void Milliseconds_and_the_future_are_rejected()
    {
        Assert.Equal("from, step or nativeStep: no unix seconds or no whole bins", Assert.Single(Parse($"[[{Series("ET", "1", from: Ten * 1000)}]]").Rejects).Reason);
        Assert.Equal("values: a point in the future of the question", Assert.Single(Parse($"[[{Series("ET", "1", from: Ten + 7200)}]]").Rejects).Reason);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("[[]]")]
    [InlineData("null")]
    [InlineData("{}")]
    public void Empty_data_is_a_failure_and_not_zero(string data)
    {
        var sieve = Parse(data);
        Assert.Empty(sieve.Readings);
        Assert.NotNull(sieve.Unusable);
    }

    [Fact]
    public async Task One_question_per_datasource_asks_for_whole_steps_of_many_countries()
    {
        using var upstream = Given.Answers(uri => uri.Query.Contains("gtr", StringComparison.Ordinal)
            ? (400, """{"error":"no","data":null}""")
            : (200, $$"""{"data":[[{{Series("ET", "1,2", uri.Query.Split('=')[^1])}}]]}"""));
        using var fetcher = Given.Fetcher(upstream);
        var window = Given.Window("2026-03-01T10:05:00Z", "2026-03-01T10:45:00Z");
        var collected = await new Ioda(fetcher).Collect(window, null, [Given.ET, Given.NZ], default);
        Assert.Equal(4, upstream.Asked.Count);
        Assert.Equal($"https://api.ioda.inetintel.cc.gatech.edu/v2/signals/raw/country/ET,NZ?from={Ten}&until={Ten + 2400}&datasource=ping-slash24", upstream.Asked[1].AbsoluteUri);
        Assert.Equal($"?from={Ten + 300}&until={Ten + 2700}&datasource=bgp", upstream.Asked[0].Query);
        Assert.Equal(3, collected.Answers);
        Assert.Equal(3, collected.Readings.Count);
        Assert.Contains("Refused: 400", Assert.Single(collected.Failures), StringComparison.Ordinal);
        Assert.Equal([Given.ET, Given.NZ], collected.Unheard.Order());
    }
}
