namespace Pharos.Pipeline;

/// <summary>How much of a country's routing one collector sees at the end of a bin.</summary>
/// <param name="Country">The country.</param>
/// <param name="V6">Whether this is about IPv6.</param>
/// <param name="Addresses">Share of the delegated IPv4 addresses that are covered by a prefix seen, 0 to 1; null for IPv6 and where nothing can be said.</param>
/// <param name="Prefixes">
/// Share of the country's prefixes that are seen, of all that were within <see cref="VisibilityTracker.Memory"/>, 0 to 1; null where nothing can be said.
/// </param>
/// <param name="Known">The prefixes of which that is the share.</param>
/// <param name="Peers">Full-feed peers whose routes are current.</param>
public sealed record Visibility(Country Country, bool V6, double? Addresses, double? Prefixes, int Known, int Peers);

/// <summary>
/// Follows the routes of one RIS collector, from a table (<c>bview</c>) through updates, and tells every bin in which anything was heard how much of each
/// country's routing is seen: by more than half of the full-feed peers. When the routes of half of these are not current, because of resets, nothing can be said.
/// </summary>
/// <param name="delegations">Which addresses belong to which country.</param>
/// <param name="closed">Hears of every bin once it is over, with two rows for each country that has anything.</param>
/// <param name="fullFeed">What makes a feed full.</param>
public sealed class VisibilityTracker(Delegations delegations, Action<Bin, IReadOnlyList<Visibility>> closed, FullFeed fullFeed) : IRouteSink
{
    /// <summary>How long a prefix that is not seen any more stands in the denominator: 28 days, as long as the longest baseline.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromDays(28);

    private readonly RouteTable v4 = new(false, fullFeed.Ipv4), v6 = new(true, fullFeed.Ipv6);
    private readonly AddressCover cover = new(delegations);
    private readonly List<Country> countryV4 = [], countryV6 = [];
    private bool isOldTable, anything;

    /// <summary>The bin that is being filled; bins before it are over.</summary>
    public Bin At { get; private set; }

    /// <summary>Routes with path identifiers, which are not followed: several of a peer's routes may lead to one prefix.</summary>
    public long Ignored { get; private set; }

    internal IReadOnlyList<RouteTable> Tables => [v4, v6];

    /// <inheritdoc/>
    public void Take(in RouteEvent change)
    {
        if (change.PathId is not null)
        {
            Ignored++;
            return;
        }
        // A table is published hours after its time: what is known by then is newer.
        if (change.Change == RouteChange.TableStart)
            isOldTable = v4.Peers.Count + v6.Peers.Count > 0 && change.Time < At.Start.ToUnixTimeSeconds();
        if (isOldTable && change.Change is RouteChange.TableStart or RouteChange.TableRoute or RouteChange.TableEnd)
            return;
        var bin = new Bin((int)(change.Time / 300));
        if (bin > At)
        {
            Close();
            At = bin;
        }
        anything = true;
        v4.Take(change);
        v6.Take(change);
    }

    /// <summary>Ends the bin that is being filled, when anything was heard in it.</summary>
    public void Close()
    {
        if (!anything)
            return;
        anything = false;
        var rows = new List<Visibility>();
        See(v4, countryV4, rows);
        See(v6, countryV6, rows);
        closed(At, rows);
    }

    /// <summary>Goes on where a saved state ended.</summary>
    internal void Resume(Bin at) => At = at;

    private void See(RouteTable table, List<Country> countries, List<Visibility> rows)
    {
        for (var number = countries.Count; number < table.Prefixes.Count; number++)
            countries.Add(delegations.Of(table.Prefixes[number]));
        var (seen, full, current) = table.See(At);
        var since = At.Number - (Memory / Bin.Length);
        var counts = new SortedDictionary<Country, (int Seen, int Known)>();
        for (var number = 0; number < countries.Count; number++)
        {
            if (countries[number] == default || table.LastSeen[number] < since)
                continue;
            var (visible, known) = counts.GetValueOrDefault(countries[number]);
            counts[countries[number]] = (visible + (int)(seen[number >> 6] >> number & 1), known + 1);
        }
        var covered = table.V6 ? [] : cover.Covered(table.Prefixes, seen);
        var says = current * 2 > full;
        foreach (var country in counts.Keys.Concat(table.V6 ? [] : cover.Delegated.Keys).Distinct().Order())
        {
            var (visible, known) = counts.GetValueOrDefault(country);
            var delegated = table.V6 ? 0 : cover.Delegated.GetValueOrDefault(country);
            rows.Add(new Visibility(
                country, table.V6, says && delegated > 0 ? (double)covered.GetValueOrDefault(country) / delegated : null, says && known > 0 ? (double)visible / known : null, known, current));
        }
    }
}

/// <summary>How many prefixes a peer must tell of for its feed to count as full.</summary>
/// <param name="Ipv4">Prefixes of IPv4.</param>
/// <param name="Ipv6">Prefixes of IPv6.</param>
public sealed record FullFeed(int Ipv4, int Ipv6)
{
    /// <summary>400,000 and 10,000: those of CAIDA's BGPView (IPV4_FULLFEED_SIZE, IPV6_FULLFEED_SIZE), behind IODA's BGP signal. A full table has more than twice as many today.</summary>
    public static readonly FullFeed Standard = new(400_000, 10_000);
}
