namespace Pharos.Standalone;

/// <summary>What each source would have counted in one country, bin by bin of the period. Made once, then only read.</summary>
internal sealed class CountrySeries
{
    private CountrySeries(Nation nation, Bin first) => (Nation, First) = (nation, first);

    public Nation Nation { get; }

    /// <summary>Bin of index 0.</summary>
    public Bin First { get; }

    /// <summary>IPv4 prefixes in RIS, by 5 minutes.</summary>
    public required int[] PrefixesV4 { get; init; }

    /// <summary>IPv6 prefixes in RIS, by 5 minutes.</summary>
    public required int[] PrefixesV6 { get; init; }

    /// <summary>Origin ASNs in RIS, by 5 minutes.</summary>
    public required int[] Asns { get; init; }

    /// <summary>/24 networks visible in BGP, by 5 minutes.</summary>
    public required int[] Slash24 { get; init; }

    /// <summary>/24 networks that answer pings, by 10 minutes.</summary>
    public required int[] PingUp { get; init; }

    /// <summary>Sources at the telescope, by 5 minutes.</summary>
    public required int[] Telescope { get; init; }

    /// <summary>Search traffic, by 30 minutes; empty where none is published.</summary>
    public required int[] Search { get; init; }

    public static CountrySeries Of(CountryScript script, Interval period, ulong seed)
    {
        var nation = script.Nation;
        var first = Bin.Containing(period.Start);
        var length = Bin.Containing(period.End) - first;
        var lost = new LossByBin(script.Losses, first, length);

        var stepping = ChanceFor("renumbering");
        var level = Shapes.Steps(length, perMonth: 0.6, ref stepping);
        return new CountrySeries(nation, first)
        {
            PrefixesV4 = Routes(nation.PrefixesV4, level, lost.Routes, ChanceFor("prefixes-v4")),
            PrefixesV6 = Routes(nation.PrefixesV6, level, lost.RoutesV6, ChanceFor("prefixes-v6")),
            // An ASN is seen as long as one of its prefixes is: round up.
            Asns = [.. lost.Routes.Select(share => (int)Math.Ceiling(nation.Asns * (1 - share)))],
            Slash24 = Routes(nation.Slash24, level, lost.Routes, ChanceFor("slash24")),
            PingUp = Pings(nation, first, lost.Paths, ChanceFor("ping")),
            Telescope = Telescoped(nation, first, lost.Users, ChanceFor("telescope")),
            Search = nation.Search == 0 ? [] : Searches(nation, first, lost.Users, ChanceFor("search")),
        };

        Chance ChanceFor(string purpose) => Chance.For(seed, nation.Country.Code, purpose);
    }

    // Routes: noise of .03 % that stands for a while, small wiggles once in four days, renumberings.
    private static int[] Routes(int size, double[] level, double[] lost, Chance chance)
    {
        var noise = Shapes.HeldNoise(level.Length, changes: 0.05, deviation: 0.0003, ref chance);
        var wiggle = Shapes.Spells(level.Length, perDay: 0.25, longest: 6, low: 0.99, high: 0.999, ref chance);
        var counts = new int[level.Length];
        for (var i = 0; i < counts.Length; i++)
            counts[i] = Shapes.Whole(size * level[i] * (1 + noise[i]) * wiggle[i] * (1 - lost[i]));
        return counts;
    }

    // Pings: noise of .4 %, more where there are few networks; a faint daily cycle.
    private static int[] Pings(Nation nation, Bin first, double[] lost, Chance chance)
    {
        var amplitude = chance.Between(0.01, 0.04);
        var counts = new int[lost.Length / 2];
        var noise = Shapes.Noise(counts.Length, keep: 0.9, deviation: 0.004 + (0.1 / Math.Max(1, nation.PingUp)), ref chance);
        for (var i = 0; i < counts.Length; i++)
        {
            var calm = nation.PingUp * Shapes.Daily(amplitude, first.Number + (2 * i), nation.UtcOffset) * (1 + noise[i]);
            counts[i] = Shapes.Whole(calm * (1 - ((lost[2 * i] + lost[(2 * i) + 1]) / 2)));
        }

        return counts;
    }

    // Telescope: noise of 18 %, the noise of counting, a daily cycle and bursts of scanning.
    private static int[] Telescoped(Nation nation, Bin first, double[] lost, Chance chance)
    {
        var amplitude = chance.Between(0.3, 0.6);
        var noise = Shapes.Noise(lost.Length, keep: 0.995, deviation: 0.18, ref chance);
        var scans = Shapes.Spells(lost.Length, perDay: 1.0 / 6, longest: 48, low: 1.3, high: 3.0, ref chance);
        var counts = new int[lost.Length];
        for (var i = 0; i < counts.Length; i++)
        {
            var bin = first.Number + i;
            var expected = nation.Telescope * Shapes.Daily(amplitude, bin, nation.UtcOffset) * Shapes.Weekly(0.05, bin)
                * Shapes.Exponential(noise[i]) * scans[i] * (1 - lost[i]);
            counts[i] = Shapes.Whole(expected + (Math.Sqrt(expected) * chance.Normal()));
        }

        return counts;
    }

    // Searches: noise of 7 %, strong daily and weekly cycles.
    private static int[] Searches(Nation nation, Bin first, double[] lost, Chance chance)
    {
        var night = chance.Between(0.6, 0.85);
        var weekend = chance.Between(0, 0.08);
        var counts = new int[lost.Length / 6];
        var noise = Shapes.Noise(counts.Length, keep: 0.94, deviation: 0.07, ref chance);
        for (var i = 0; i < counts.Length; i++)
        {
            var bin = first.Number + (6 * i);
            var share = lost.AsSpan(6 * i, 6);
            var gone = (share[0] + share[1] + share[2] + share[3] + share[4] + share[5]) / 6;
            counts[i] = Shapes.Whole(nation.Search * Shapes.Daily(night, bin, nation.UtcOffset) * Shapes.Weekly(weekend, bin)
                * Shapes.Exponential(noise[i]) * (1 - gone));
        }

        return counts;
    }
}
