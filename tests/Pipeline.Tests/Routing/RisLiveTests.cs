using System.Text;

namespace Pharos.Pipeline.Tests;

public class RisLiveTests
{
    [Fact]
    public void Recorded_messages_are_updates_states_and_things_left_out()
    {
        var (heard, sieve) = Read(Lines("ris-live/libbgpstream-ris-live-stream.ndjson"));
        Assert.Equal((RouteChange.Announced, "45.161.192.0/23", 268481u), heard.Select(each => (each.Change, each.Prefix.ToString(), each.Origin)).First());
        Assert.Equal((RouteChange.PeerDown, "AS24931 195.66.224.59", 1553625081), heard.Select(each => (each.Change, each.Peer.ToString(), each.Time)).Last());
        Assert.Equal(2, heard.Count);
        Assert.Equal(["KEEPALIVE", "NOTIFICATION", "OPEN", "message ris_error"], sieve.Skipped.Keys.Order(StringComparer.Ordinal));
        Assert.StartsWith("no whole JSON", Assert.Single(sieve.Rejects).Reason, StringComparison.Ordinal); // The recording's last line lacks a brace.
    }

    [Fact]
    public void Recorded_messages_of_later_years_are_read_without_rejects()
    {
        var (heard, sieve) = Read(Lines("ris-live/bgpkit-ris-live-messages.ndjson"));
        Assert.Equal(0, sieve.Rejected);
        Assert.Equal(1, sieve.Skipped["no type"]);
        Assert.Equal(
            ["Announced 2602:fd9e:f00::/40", "Announced 64.68.236.0/22", "Announced 102.66.116.0/24", "Withdrawn 2605:de00:bb::/48"],
            heard.Select(each => $"{each.Change} {each.Prefix}"));
    }

    [Theory]
    [InlineData("""{"type":"ris_message","data":{"timestamp":1,"peer":"192.0.2.1","peer_asn":"1","type":"UPDATE","withdrawals":["192.0.2.0/24","192.0.2.0/33"]}}""")]
    [InlineData("""{"type":"ris_message","data":{"timestamp":1,"peer":"192.0.2.1","peer_asn":"1","type":"UPDATE","announcements":[{"prefixes":["192.0.2.0/24",7]}]}}""")]
    [InlineData("""{"type":"ris_message","data":{"timestamp":1,"peer":"192.0.2.1","peer_asn":"x","type":"UPDATE","withdrawals":["192.0.2.0/24"]}}""")]
    [InlineData("""{"type":"ris_message","data":{"timestamp":1e400,"peer":"192.0.2.1","peer_asn":"1","type":"UPDATE","withdrawals":["192.0.2.0/24"]}}""")]
    [InlineData("""{"type":"ris_message","data":{"timestamp":1,"peer":"192.0.2.1","peer_asn":"1","type":"RIS_PEER_STATE","state":"odd"}}""")]
    [InlineData("""{"type":"ris_message","data":{"timestamp":1,"peer":"192.0.2.1","peer_asn":"1","type":"UPDATE","withdrawals":["\ud800"]}}""")]
    [InlineData("""{"type":"ris_message","data":{"timestamp":1,"peer":"192.0.2.1","peer_asn":"1","type":"UPDATE","withdrawals":["192.0.2.0/24"]}""")]
    public void A_message_that_is_wrong_in_part_tells_nothing(string message)
    {
        var (heard, sieve) = Read([message]);
        Assert.Empty(heard);
        Assert.Equal(1, sieve.Rejected);
    }

    [Fact]
    public void The_end_of_a_table_is_that_of_the_sessions_family()
    {
        var (heard, _) = Read(["""{"type":"ris_message","data":{"timestamp":1.5,"peer":"2001:db8::1","peer_asn":"1","type":"UPDATE","announcements":[{"next_hop":"::","prefixes":["eor"]}]}}"""]);
        Assert.Equal((RouteChange.EndOfRib, true), heard.Select(each => (each.Change, each.Prefix.V6)).Single());
    }

    [Theory]
    [InlineData("ris-live/libbgpstream-ris-live-stream.ndjson")]
    [InlineData("ris-live/bgpkit-ris-live-messages.ndjson")]
    public void A_message_cut_anywhere_is_a_reject(string path)
    {
        foreach (var line in Lines(path).Select(Encoding.UTF8.GetBytes))
            for (var length = 0; length < line.Length - 1; length++)
            {
                var (heard, sieve) = (new Heard(), new Sieve());
                RisLive.Read(line.AsMemory(0, length), heard, sieve);
                Assert.Equal((0, 1), (heard.Count, sieve.Rejected));
            }
    }

    private static string[] Lines(string path) => Encoding.UTF8.GetString(Samples.Read(path)).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static (Heard Heard, Sieve Sieve) Read(IEnumerable<string> lines)
    {
        var (heard, sieve) = (new Heard(), new Sieve());
        foreach (var line in lines)
            RisLive.Read(Encoding.UTF8.GetBytes(line), heard, sieve);
        return (heard, sieve);
    }
}
