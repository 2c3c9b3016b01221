namespace Pharos.Pipeline.Tests;

/// <summary>A collector in a small world: AT has 10.0.0.0/16 and 2001:db8::/32, BR has 1,024 addresses from 10.1.0.0, in which a full feed has few routes.</summary>
internal sealed class RoutingWorld
{
    public RoutingWorld(FullFeed? fullFeed = null)
    {
        var delegations = DelegationsTests.Parse("ripencc|AT|ipv4|10.0.0.0|65536|1|allocated\nlacnic|BR|ipv4|10.1.0.0|1024|1|allocated\nripencc|AT|ipv6|2001:db8::|32|1|allocated", out _);
        Tracker = new VisibilityTracker(delegations, (bin, rows) => Bins.Add(bin.Number, rows), fullFeed ?? new FullFeed(0, 0));
    }

    public VisibilityTracker Tracker { get; }

    public SortedDictionary<int, IReadOnlyList<Visibility>> Bins { get; } = [];

    public static Peer Peer(int number) => new((UInt128)(0xC0000200u + number), false, 64500u + (uint)number);

    public void Table(long time, int[] peers, params string[] prefixes)
    {
        Tracker.Take(new RouteEvent(RouteChange.TableStart, time, default));
        foreach (var peer in peers)
            Tell(RouteChange.TableRoute, time, peer, prefixes);
        Tracker.Take(new RouteEvent(RouteChange.TableEnd, time, default));
    }

    public void Tell(RouteChange change, long time, int peer, params string[] prefixes)
    {
        foreach (var text in prefixes.DefaultIfEmpty("0.0.0.0/0"))
        {
            Assert.True(Prefix.TryParse(text, out var prefix));
            Tracker.Take(new RouteEvent(change, time, Peer(peer), prefix));
        }
    }

    public (double? Addresses, double? Prefixes, int Peers) Row(int bin, string country, bool v6 = false)
    {
        var row = Bins[bin].Single(row => row.Country.Code == country && row.V6 == v6);
        return (row.Addresses, row.Prefixes, row.Peers);
    }
}
