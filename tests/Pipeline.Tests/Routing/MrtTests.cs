namespace Pharos.Pipeline.Tests;

public class MrtTests
{
    private const string Origin = "400101 00", NextHop = "400304 C0000201", Path = "400206 02 02 FC00 FC01";

    [Fact]
    public void An_update_tells_withdrawals_then_announcements_with_their_origin()
    {
        var file = Mrt.File(Mrt.Record(16, 1, Mrt.Session(64512, 2), Mrt.Update("10 0A01", Origin + Path + NextHop, "18 0A0200 08 0B")));
        Assert.Equal(
            [
                "BGP4MP|1000000000|W|192.0.2.1|64512|10.1.0.0/16",
                "BGP4MP|1000000000|A|192.0.2.1|64512|10.2.0.0/24|64512 64513|IGP|192.0.2.1|0|0||NAG||",
                "BGP4MP|1000000000|A|192.0.2.1|64512|11.0.0.0/8|64512 64513|IGP|192.0.2.1|0|0||NAG||",
            ], Mrt.Dump(file).Lines);
        Assert.Equal(
            [(RouteChange.Withdrawn, "10.1.0.0/16", 0u), (RouteChange.Announced, "10.2.0.0/24", 64513u), (RouteChange.Announced, "11.0.0.0/8", 64513u)],
            Mrt.Events(file).Heard.Select(each => (each.Change, each.Prefix.ToString(), each.Origin)));
    }

    [Theory]
    [InlineData("400208 02 03 FC00 5BA0 5BA0", "C0110A 02 02 00030D41 00030D42", "64512 200001 200002")] // The end of AS_PATH is told anew.
    [InlineData("400204 02 01 5BA0", "C0110A 02 02 00030D41 00030D42", "23456")] // A longer AS4_PATH is none.
    [InlineData("40020A 02 02 FC00 5BA0 01 01 0001", "C01106 02 01 00030D41", "64512 23456 200001")] // A set counts as one.
    [InlineData("40020A 03 01 FDE8 02 02 FC00 5BA0", "C01106 02 01 00030D41", "(65000) 64512 200001")] // A confederation counts as none.
    [InlineData("40020A 01 02 0001 0002 04 01 0003", "", "{1,2} [3]")]
    public void As4_path_takes_the_place_of_the_end_of_as_path(string path, string path4, string expected)
    {
        var file = Mrt.Record(16, 1, Mrt.Session(64512, 2), Mrt.Update("", Origin + path + NextHop + path4, "08 0B"));
        Assert.Equal(expected, Assert.Single(Mrt.Dump(file).Lines).Split('|')[6]);
    }

    [Fact]
    public void As4_path_does_not_count_after_an_aggregator_that_knows_none()
    {
        var attributes = Origin + "400208 02 03 FC00 5BA0 5BA0" + NextHop + "C0110A 02 02 00030D41 00030D42" + "C01208 00030D41 C0000209";
        Assert.Equal("64512 23456 23456|64513 192.0.2.7", PathAndAggregator(attributes + "C00706 FC01 C0000207"));
        Assert.Equal("64512 200001 200002|200001 192.0.2.9", PathAndAggregator(attributes + "C00706 5BA0 C0000207"));

        static string PathAndAggregator(string attributes)
        {
            var fields = Assert.Single(Mrt.Dump(Mrt.Record(16, 1, Mrt.Session(64512, 2), Mrt.Update("", attributes, "08 0B"))).Lines).Split('|');
            return $"{fields[6]}|{fields[13]}";
        }
    }

    [Fact]
    public void Ipv6_comes_in_its_own_attributes_and_may_end_a_table()
    {
        var reach = "800E1B 0002 01 10 20010DB8000000000000000000000001 00 20 20010DB8 00";
        var (heard, sieve) = Mrt.Events(Mrt.File(
            Mrt.Record(16, 4, Mrt.Session(200001, 4), Mrt.Update("", Origin + "400206 02 01 00030D41" + reach, "")),
            Mrt.Record(16, 4, Mrt.Session(200001, 4), Mrt.Update("", "800F08 0002 01 20 20010DB8", "")),
            Mrt.Record(16, 4, Mrt.Session(200001, 4), Mrt.Update("", "800F03 0002 01", "")),
            Mrt.Record(16, 4, Mrt.Session(200001, 4), Mrt.Update("", "", ""))));
        Assert.Equal(0, sieve.Rejected);
        Assert.Equal(
            ["Announced 2001:db8::/32", "Announced ::/0", "Withdrawn 2001:db8::/32", "EndOfRib ::/0", "EndOfRib 0.0.0.0/0"], heard.Select(each => $"{each.Change} {each.Prefix}"));
    }

    [Fact]
    public void A_session_that_leaves_established_is_down_and_the_steps_to_it_are_nothing()
    {
        byte[] State(int before, int after) => Mrt.Record(16, 5, Mrt.Session(64512, 4), Mrt.Number(before, 2), Mrt.Number(after, 2));
        Assert.Equal([RouteChange.PeerDown, RouteChange.PeerUp], Mrt.Events(Mrt.File(State(6, 1), State(1, 3), State(5, 6))).Heard.Select(each => each.Change));
    }

    [Fact]
    public void What_the_collector_sent_is_printed_but_no_route_of_the_peer()
    {
        var file = Mrt.Record(16, 7, Mrt.Session(64512, 4), Mrt.Update("10 0A01", "", ""));
        Assert.Equal("BGP4MP_LOCAL|1000000000|W|192.0.2.1|64512|10.1.0.0/16", Assert.Single(Mrt.Dump(file).Lines));
        Assert.Empty(Mrt.Events(file).Heard);
    }

    [Theory]
    [InlineData("", "400101 00 400206 02 03 FC00 FC01", "08 0B")] // A path longer than its attribute.
    [InlineData("", "400102 0000", "")]
    [InlineData("", "400304 C000", "")]
    [InlineData("", "4003", "")]
    [InlineData("", "800F03 0002 01 800F03 0002 01", "")]
    [InlineData("10 0A", "", "")]
    [InlineData("", "", "21 0A0A0A0A0A")]
    public void A_malformed_update_is_a_reject_that_tells_nothing_and_the_next_is_read(string withdrawn, string attributes, string announced)
    {
        var good = Mrt.Record(16, 1, Mrt.Session(64512, 2), Mrt.Update("10 0A01", "", ""));
        var (heard, sieve) = Mrt.Events(Mrt.File(Mrt.Record(16, 1, Mrt.Session(64512, 2), Mrt.Update(withdrawn, attributes, announced)), good));
        Assert.Equal((1, 1), (sieve.Rejected, heard.Count));
    }

    [Fact]
    public void A_table_is_told_whole_or_without_its_end()
    {
        var index = Mrt.Record(13, 1, Mrt.Hex("C0000202 0000 0002 02 00000000 C0000201 0000FC00 03 00000000 20010DB8000000000000000000000001 00030D41"));
        var attributes = Mrt.Hex("000D 400101 00 400206 02 01 00030D41");
        byte[] Route(int peer) => [.. Mrt.Number(peer, 2), .. Mrt.Number(0, 4), .. attributes];
        var good = Mrt.Record(13, 2, Mrt.Hex("00000001 10 0A01 0002"), Route(0), Route(1));
        Assert.Equal(
            ["TableStart 0", "TableRoute 64512", "TableRoute 200001", "TableEnd 0"], Mrt.Events(Mrt.File(index, good)).Heard.Select(each => $"{each.Change} {each.Peer.Asn}"));
        var unknown = Mrt.Record(13, 2, Mrt.Hex("00000001 10 0A01 0002"), Route(0), Route(2));
        Assert.Equal(["TableStart"], Mrt.Events(Mrt.File(index, unknown)).Heard.Select(each => each.Change.ToString()));
        Assert.True(Mrt.Events(Mrt.File(index, good)[..^1]).Sieve.Cut);
    }

    [Fact]
    public void A_record_that_claims_too_much_ends_the_file()
    {
        var record = Mrt.Record(16, 1, Mrt.Session(64512, 2), Mrt.Update("10 0A01", "", ""));
        var (lines, sieve) = Mrt.Dump(Mrt.File(record, Mrt.Hex("00000000 0010 0001 7FFFFFFF")));
        Assert.Single(lines);
        Assert.True(sieve.Cut);
    }

    [Theory]
    [InlineData("2001:db8::/32", "2001:db8::/32")]
    [InlineData("2001:0db8:0:0:1:0:0:0/64", "2001:db8::/64")]
    [InlineData("2001:db8:0:1:1:1:1:1/128", "2001:db8:0:1:1:1:1:1/128")]
    [InlineData("::ffff:193.0.0.56/128", "::ffff:193.0.0.56/128")]
    [InlineData("::/0", "::/0")]
    [InlineData("10.1.2.3/8", "10.0.0.0/8")]
    public void A_prefix_is_read_and_written(string text, string expected)
    {
        Assert.True(Prefix.TryParse(text, out var prefix));
        Assert.Equal(expected, prefix.ToString());
    }

    [Theory]
    [InlineData("10.1/8")]
    [InlineData("10.0.0.0")]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.0.0.0/-1")]
    [InlineData("fe80::1%eth0/64")]
    [InlineData("[::1]/128")]
    [InlineData("")]
    public void What_is_no_prefix_is_refused(string text) => Assert.False(Prefix.TryParse(text, out _));
}
