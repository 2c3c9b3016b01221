using CsCheck;

namespace Pharos.Pipeline.Tests;

public class VisibilityLaws
{
    private const int Peers = 5, Bins = 12;

    private static readonly Prefix[] Space = Enumerable.Range(0, 24)
        .Select(i => new Prefix(i < 20 ? (UInt128)(0x0A000000u + ((uint)i << 13)) : (UInt128.One << 125) + ((UInt128)0xdb8 << 96) + ((UInt128)(uint)i << 80), (byte)(i < 20 ? 19 + (i % 3) : 48), i >= 20)).ToArray();

    // What one peer tells, in the order of time; every peer has a table at first.
    private static readonly Gen<RouteEvent[]> OnePeer = Gen.Select(Gen.Int[0, 9], Gen.Int[0, Space.Length - 1], Gen.Int[0, Bins * 300], (kind, prefix, time) =>
            new RouteEvent(
                kind switch { < 4 => RouteChange.Announced, < 7 => RouteChange.Withdrawn, 7 => RouteChange.PeerDown, 8 => RouteChange.PeerUp, _ => RouteChange.EndOfRib },
                time, default, Space[prefix]))
        .Array[0, 40].Select(changes => changes.DistinctBy(change => change.Time).OrderBy(change => change.Time).ToArray());

    private static readonly Gen<RouteEvent[][]> AllPeers = OnePeer.Array[Peers].Select(all =>
        all.Select((changes, peer) => changes.Select(change => change with { Peer = RoutingWorld.Peer(peer) }).ToArray()).ToArray());

    [Fact]
    public void The_order_of_peers_does_not_matter() => Gen.Select(AllPeers, Gen.Int).Sample((all, seed) =>
    {
        var forth = Run(all.SelectMany(each => each).OrderBy(change => change.Time / 300));
        var shuffled = new Random(seed);
        var order = Enumerable.Range(0, Peers).OrderBy(_ => shuffled.Next()).ToArray();
        var back = Run(order.SelectMany(peer => all[peer]).OrderBy(change => change.Time / 300));
        Assert.Equal(Text(forth), Text(back));
        Assert.Equal(VisibilityState.Save(forth.Tracker), VisibilityState.Save(back.Tracker));
    }, iter: 300);

    [Fact]
    public void A_peer_going_down_never_lowers_what_is_seen() => Gen.Select(AllPeers, Gen.Int[0, Peers - 1]).Sample((all, peer) =>
    {
        var time = (Bins * 300) + 310;
        var down = InTime(all).Append(new RouteEvent(RouteChange.PeerDown, time, RoutingWorld.Peer(peer)));
        var up = InTime(all).Append(new RouteEvent(RouteChange.EndOfRib, time, RoutingWorld.Peer(Peers))); // Of a peer nobody knows: opens the bin, says nothing.
        foreach (var (with, without) in Run(down).Bins.Values.Last().Zip(Run(up).Bins.Values.Last()))
        {
            Assert.Equal((without.Country, without.V6), (with.Country, with.V6));
            Assert.False(with.Addresses < without.Addresses || with.Prefixes < without.Prefixes);
        }
    }, iter: 300);

    [Fact]
    public void Hearing_the_same_updates_again_changes_nothing() => AllPeers.Sample(all =>
    {
        var world = Run(InTime(all));
        var once = VisibilityState.Save(world.Tracker);
        foreach (var change in InTime(all))
            world.Tracker.Take(change);
        world.Bins.Clear();
        world.Tracker.Close();
        Assert.Equal(once, VisibilityState.Save(world.Tracker));
    }, iter: 300);

    [Fact]
    public void A_saved_state_goes_on_as_if_it_had_not_been_saved() => Gen.Select(AllPeers, Gen.Int[1, Bins]).Sample((all, half) =>
    {
        var whole = Run(InTime(all));
        var first = Run(InTime(all).Where(change => change.Time < half * 300));
        var blob = VisibilityState.Save(first.Tracker);
        var second = new RoutingWorld();
        VisibilityState.Restore(second.Tracker, blob);
        Assert.Equal(blob, VisibilityState.Save(second.Tracker));
        foreach (var change in InTime(all).Where(change => change.Time >= half * 300))
            second.Tracker.Take(change);
        second.Tracker.Close();
        Assert.Equal(Text(whole).Where(line => int.Parse(line.Split(' ')[0]) > first.Bins.Keys.Last()), Text(second));
        Assert.Equal(VisibilityState.Save(whole.Tracker), VisibilityState.Save(second.Tracker));
    }, iter: 300);

    [Fact]
    public void A_cut_or_damaged_state_is_refused_or_the_same()
    {
        var world = Run([]);
        world.Tell(RouteChange.PeerUp, 10, 1);
        var blob = VisibilityState.Save(world.Tracker);
        for (var length = 0; length < blob.Length; length++)
        {
            var other = new RoutingWorld();
            if (Record.Exception(() => VisibilityState.Restore(other.Tracker, blob[..length])) is { } refused)
                Assert.IsType<InvalidDataException>(refused);
            else
                Assert.Equal(blob, VisibilityState.Save(other.Tracker));
        }
        for (var at = 0; at < blob.Length; at++)
        {
            var broken = blob.ToArray();
            broken[at] ^= 0x55;
            if (Record.Exception(() => VisibilityState.Restore(new RoutingWorld().Tracker, broken)) is { } refused)
                Assert.IsType<InvalidDataException>(refused);
        }
    }

    [Fact]
    public void A_prefix_is_seen_exactly_when_more_than_half_of_the_peers_hold_it() =>
        Gen.Bool.Array[Space.Length].Array[1, 70].Sample(holds =>
        {
            var table = new RouteTable(false, 0);
            for (var peer = 0; peer < holds.Length; peer++)
                for (var i = 0; i < 20; i++)
                {
                    table.Take(new RouteEvent(RouteChange.Announced, 0, RoutingWorld.Peer(peer), Space[i]));
                    if (!holds[peer][i])
                        table.Take(new RouteEvent(RouteChange.Withdrawn, 0, RoutingWorld.Peer(peer), Space[i]));
                }
            var (seen, full, current) = table.See(new Bin(0));
            Assert.Equal((holds.Length, holds.Length), (full, current));
            for (var i = 0; i < 20; i++)
                Assert.Equal(holds.Count(peer => peer[i]) * 2 > full, (seen[0] >> i & 1) != 0);
        }, iter: 300);

    private static RoutingWorld Run(IEnumerable<RouteEvent> changes)
    {
        var world = new RoutingWorld();
        world.Table(0, [.. Enumerable.Range(0, Peers)], [.. Space.Select(prefix => prefix.ToString())]);
        foreach (var change in changes)
            world.Tracker.Take(change);
        world.Tracker.Close();
        return world;
    }

    private static IEnumerable<RouteEvent> InTime(RouteEvent[][] all) => all.SelectMany(each => each).OrderBy(change => change.Time);

    private static IEnumerable<string> Text(RoutingWorld world) => world.Bins.SelectMany(bin => bin.Value.Select(row => $"{bin.Key} {row}"));
}
