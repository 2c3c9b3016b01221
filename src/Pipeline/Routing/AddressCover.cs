namespace Pharos.Pipeline;

/// <summary>Adds up, country by country, how many delegated IPv4 addresses lie in prefixes that are seen. An address in two prefixes counts once.</summary>
internal sealed class AddressCover(Delegations delegations)
{
    private int[] order = [];

    /// <summary>Addresses delegated to each country.</summary>
    public IReadOnlyDictionary<Country, long> Delegated { get; } = delegations.Ranges(false).ToArray()
        .GroupBy(range => range.Country).ToDictionary(ranges => ranges.Key, ranges => ranges.Sum(range => (long)(range.Last - range.First) + 1));

    /// <summary>Addresses of each country that are covered; countries with none are left out.</summary>
    public Dictionary<Country, long> Covered(IReadOnlyList<Prefix> prefixes, ulong[] seen)
    {
        Order(prefixes);
        var covered = new Dictionary<Country, long>();
        var ranges = delegations.Ranges(false);
        var (next, at) = (0L, 0);
        foreach (var number in order)
        {
            if ((seen[number >> 6] >> number & 1) == 0)
                continue;
            var (first, last) = (Math.Max(next, (long)prefixes[number].Address), (long)prefixes[number].Last);
            if (first > last)
                continue;
            next = last + 1;
            while (at < ranges.Length && (long)ranges[at].Last < first)
                at++;
            for (; at < ranges.Length && (long)ranges[at].First <= last; at++)
            {
                var (from, to) = (Math.Max(first, (long)ranges[at].First), Math.Min(last, (long)ranges[at].Last));
                covered[ranges[at].Country] = covered.GetValueOrDefault(ranges[at].Country) + to - from + 1;
                if ((long)ranges[at].Last > last)
                    break; // The next prefix may cover more of it.
            }
        }
        return covered;
    }

    // New prefixes are sorted by themselves and merged in: a table has a million, a bin brings a few.
    private void Order(IReadOnlyList<Prefix> prefixes)
    {
        if (order.Length == prefixes.Count)
            return;
        var added = Enumerable.Range(order.Length, prefixes.Count - order.Length).ToArray();
        Array.Sort(added, (left, right) => prefixes[left].CompareTo(prefixes[right]));
        var merged = new int[prefixes.Count];
        for (int at = 0, old = 0, fresh = 0; at < merged.Length; at++)
            merged[at] = fresh == added.Length || (old < order.Length && prefixes[order[old]].CompareTo(prefixes[added[fresh]]) < 0) ? order[old++] : added[fresh++];
        order = merged;
    }
}
