namespace Pharos.Pipeline;

/// <summary>The routes of one family as all peers of one collector tell them. A prefix is seen when more than half of the full-feed peers hold a route to it.</summary>
internal sealed class RouteTable(bool v6, int fullFeed)
{
    /// <summary>Blocks wider than the largest that IANA hands out (IPv4 /8, IPv6 /12) are default routes or errors, never a country's.</summary>
    private readonly int shortest = v6 ? 12 : 8;

    private readonly Dictionary<Prefix, int> numbers = [];
    private readonly List<Prefix> prefixes = [];
    private readonly List<int> lastSeen = [];
    private readonly Dictionary<Peer, PeerRoutes> peers = [];
    private Dictionary<Peer, PeerRoutes>? staged;
    private PeerRoutes? latest;

    public bool V6 => v6;

    public IReadOnlyList<Prefix> Prefixes => prefixes;

    /// <summary>For each prefix the number of the last bin in which it was seen; <see cref="int.MinValue"/> when in none.</summary>
    public IReadOnlyList<int> LastSeen => lastSeen;

    public IReadOnlyCollection<PeerRoutes> Peers => peers.Values;

    public void Take(in RouteEvent change)
    {
        switch (change.Change)
        {
            case RouteChange.TableStart:
                staged = [];
                break;
            case RouteChange.TableEnd when staged is not null:
                Replace(staged);
                staged = null;
                break;
            case RouteChange.TableRoute when staged is not null && change.Prefix.V6 == v6 && change.Prefix.Length >= shortest:
                Of(staged, change.Peer).Set(Number(change.Prefix));
                break;
            case RouteChange.Announced when change.Prefix.V6 == v6 && change.Prefix.Length >= shortest:
                Take(change, Of(peers, change.Peer));
                break;
            case RouteChange.PeerDown or RouteChange.PeerUp when peers.TryGetValue(change.Peer, out var peer):
                Take(change, peer);
                break;
            case RouteChange.Withdrawn or RouteChange.EndOfRib when change.Prefix.V6 == v6 && peers.TryGetValue(change.Peer, out var peer):
                Take(change, peer);
                break;
        }
    }

    /// <summary>
    /// The prefixes that are seen at the end of a bin, as bits by their number, with how many peers have a full feed and for how many of these it is current.
    /// Notes the bin for the prefixes seen.
    /// </summary>
    public (ulong[] Seen, int Full, int Current) See(Bin bin)
    {
        foreach (var peer in peers.Values)
            peer.Age(bin.End.ToUnixTimeSeconds());
        var full = peers.Values.Where(peer => peer.Count() >= fullFeed).ToList();
        var current = full.Count(peer => peer.IsCurrent);
        var seen = MoreThanHalf(full);
        for (var number = 0; number < lastSeen.Count; number++)
            if ((seen[number >> 6] >> number & 1) != 0)
                lastSeen[number] = Math.Max(lastSeen[number], bin.Number);
        return (seen, full.Count, current);
    }

    internal void Restore(Prefix prefix, int seen) => lastSeen[Number(prefix)] = seen;

    internal void Restore(PeerRoutes peer) => peers[peer.Peer] = peer;

    private void Take(in RouteEvent change, PeerRoutes peer)
    {
        peer.Age(change.Time);
        switch (change.Change)
        {
            case RouteChange.Announced:
                if (!peer.IsUp && change.Time >= peer.Since)
                    peer.Up(change.Time); // Its change of state was missed.
                peer.Set(Number(change.Prefix));
                break;
            case RouteChange.Withdrawn when numbers.TryGetValue(change.Prefix, out var number):
                peer.Clear(number);
                break;
            case RouteChange.EndOfRib when change.Time >= peer.Since: // One from before the reset says nothing of what was told since.
                peer.Told();
                break;
            case RouteChange.PeerDown:
                peer.Down(change.Time);
                break;
            case RouteChange.PeerUp:
                peer.Up(change.Time);
                break;
        }
    }

    // Adds the bits of 64 prefixes at a time, as many binary digits as the count of peers has, and compares with the half digit by digit.
    private ulong[] MoreThanHalf(List<PeerRoutes> full)
    {
        var seen = new ulong[(prefixes.Count + 63) >> 6];
        if (full.Count == 0)
            return seen;
        Span<ulong> digits = stackalloc ulong[32];
        var half = (uint)full.Count / 2;
        for (var word = 0; word < seen.Length; word++)
        {
            digits.Clear();
            foreach (var peer in full)
            {
                var carry = word < peer.Held.Length ? peer.Held[word] : 0;
                for (var digit = 0; carry != 0; digit++)
                    (digits[digit], carry) = (digits[digit] ^ carry, digits[digit] & carry);
            }
            var (more, equal) = (0UL, ulong.MaxValue);
            for (var digit = 31; digit >= 0; digit--)
            {
                if ((half >> digit & 1) == 0)
                    more |= equal & digits[digit];
                equal &= (half >> digit & 1) == 0 ? ~digits[digit] : digits[digit];
            }
            seen[word] = more;
        }
        return seen;
    }

    // A peer that the table does not name has no session any more.
    private void Replace(Dictionary<Peer, PeerRoutes> table)
    {
        latest = null;
        if (table.Count == 0)
            return; // A table of the other family only.
        peers.Clear();
        foreach (var (peer, routes) in table)
            peers.Add(peer, routes);
    }

    private PeerRoutes Of(Dictionary<Peer, PeerRoutes> among, Peer peer)
    {
        if (latest?.Peer == peer && among == peers)
            return latest;
        if (!among.TryGetValue(peer, out var routes))
            among.Add(peer, routes = new PeerRoutes(peer));
        latest = among == peers ? routes : null;
        return routes;
    }

    private int Number(Prefix prefix)
    {
        if (!numbers.TryGetValue(prefix, out var number))
        {
            numbers.Add(prefix, number = prefixes.Count);
            prefixes.Add(prefix);
            lastSeen.Add(int.MinValue);
        }
        return number;
    }
}
