namespace Pharos.Pipeline.Tests;

public class DelegationsTests
{
    [Fact]
    public void A_count_of_addresses_that_is_no_power_of_two_is_a_range()
    {
        var read = Parse("apnic|JP|ipv4|203.0.113.0|768|20110412|allocated|A91", out _);
        var range = read.Ranges(false).ToArray().Single();
        Assert.Equal((0xCB007100u, 0xCB0073FFu), ((uint)range.First, (uint)range.Last));
        Assert.Equal("JP", read.Of(Prefix("203.0.115.0/24")).Code);
        Assert.Equal(default, read.Of(Prefix("203.0.116.0/24")));
        Assert.Equal(default, read.Of(Prefix("203.0.112.255/32")));
    }

    [Fact]
    public void Every_oddity_is_left_out_with_its_reason_and_nothing_else_is()
    {
        var read = Parse(
            """
            # a comment
            2.3|ripencc|1567951216119|300||20190908|+0200
            ripencc|*|ipv4|*|100|summary
            ripencc|EU|ipv4|192.0.2.0|256|19930901|allocated|87cf
            apnic|AP|ipv6|2001:db8::|32|19930901|assigned|87cf
            arin||ipv4|198.51.100.0|256||available|
            arin||ipv6|2001:db8:1::|48|||
            lacnic|BR|ipv6|2001:db8:8000::|33|00000000|assigned|5|e-stats
            afrinic|NA|ipv4|41.63.192.0|8192|20091210|allocated|F36
            arin|US|asn|174|507|20191107|assigned||12345
            """, out var sieve);
        Assert.Equal(0, sieve.Rejected);
        Assert.Equal(
            new Dictionary<string, int> { ["version line"] = 1, ["summary line"] = 1, ["no country: EU"] = 1, ["no country: AP"] = 1, ["status available"] = 1, ["status "] = 1, ["asn"] = 1 },
            sieve.Skipped);
        Assert.Equal("NA", read.Ranges(false).ToArray().Single().Country.Code);
        Assert.Equal("BR", read.Of(Prefix("2001:db8:ffff::/48")).Code);
        Assert.Equal(default, read.Of(Prefix("2001:db8::/48")));
    }

    [Theory]
    [InlineData("arin|US|ipv4|192.0.2.0")]
    [InlineData("arin|US|ipv4|192.0.2|256|20010920|allocated")]
    [InlineData("arin|US|ipv4|192.0.2.0|0|20010920|allocated")]
    [InlineData("arin|US|ipv4|255.255.255.0|257|20010920|allocated")]
    [InlineData("arin|US|ipv4|2001:db8::|256|20010920|allocated")]
    [InlineData("arin|US|ipv6|2001:db8::|129|20010920|allocated")]
    [InlineData("arin|US|ipv6|2001:db8::|-1|20010920|allocated")]
    [InlineData("arin|US|ipx|2001:db8::|32|20010920|allocated")]
    public void A_line_that_makes_no_sense_is_a_reject(string line)
    {
        var read = Parse(line, out var sieve);
        Assert.Equal(1, sieve.Rejected);
        Assert.True(read.Ranges(false).IsEmpty && read.Ranges(true).IsEmpty);
    }

    [Fact]
    public void Addresses_delegated_twice_count_once()
    {
        var read = Parse("arin|US|ipv4|10.0.0.0|512|1|allocated\narin|CA|ipv4|10.0.1.0|512|1|allocated\narin|MX|ipv4|10.0.0.128|16|1|assigned", out var sieve);
        Assert.Equal(["10.0.0.0-10.0.1.255 US", "10.0.2.0-10.0.2.255 CA"], read.Ranges(false).ToArray().Select(Text));
        Assert.Equal(2, sieve.Skipped["addresses delegated twice"]);
    }

    [Fact]
    public void The_whole_of_the_address_space_is_a_range() =>
        Assert.Equal(["0.0.0.0-255.255.255.255 US"], Parse("arin|US|ipv4|0.0.0.0|4294967295|1|allocated\narin|US|ipv4|255.255.255.255|1|1|allocated", out _).Ranges(false).ToArray().Select(Text));

    [Theory]
    [InlineData("afrinic", 100, 25)]
    [InlineData("apnic", 100, 48)]
    [InlineData("arin", 100, 24)]
    [InlineData("lacnic", 98, 22)]
    [InlineData("ripencc", 100, 100)]
    [InlineData("iana", 5, 5)]
    [InlineData("claims_combined", 5, 6)]
    [InlineData("previous", 3, 8)]
    [InlineData("afriaprin", 100, 24)]
    public void A_recorded_file_is_read_without_rejects(string registry, int v4, int v6)
    {
        var text = System.Text.Encoding.UTF8.GetString(Samples.Read($"delegated/nro-delegated-stats-testdata/{registry}.delegated-extended.txt"));
        var read = Parse(text, out var sieve);
        Assert.Equal(0, sieve.Rejected);
        var left = sieve.Skipped.Where(each => each.Key.StartsWith("no country", StringComparison.Ordinal)).Sum(each => each.Value);
        Assert.True(read.Ranges(false).Length + read.Ranges(true).Length + left > 0);
        Assert.InRange(read.Ranges(false).Length, 0, v4);
        Assert.InRange(read.Ranges(true).Length, 0, v6);
        foreach (var family in (bool[])[false, true])
            for (var i = 1; i < read.Ranges(family).Length; i++)
                Assert.True(read.Ranges(family)[i - 1].Last < read.Ranges(family)[i].First);
    }

    internal static Delegations Parse(string text, out Sieve sieve) => Delegations.Parse(new StringReader(text), out sieve);

    private static Prefix Prefix(string text) => Pipeline.Prefix.TryParse(text, out var prefix) ? prefix : throw new FormatException(text);

    private static string Text(AddressRange range) => $"{Pipeline.Prefix.AddressOf(range.First, false)}-{Pipeline.Prefix.AddressOf(range.Last, false)} {range.Country}";
}
