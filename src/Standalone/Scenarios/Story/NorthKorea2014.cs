using static Pharos.Standalone.CountryScript;

namespace Pharos.Standalone;

/// <summary>
/// December 2014: North Korea becomes unstable over a weekend, gets worse and is gone for 9 h 31 min.
/// A reconstruction: the published facts stand below with their sources; all other times and sizes are ours.
/// Around it stand quiet countries and those that an over-eager judge would mistake for trouble.
/// </summary>
internal static class NorthKorea2014
{
    public const string Name = "north-korea-2014";

    private const string Title = "North Korea, December 2014: a reconstruction from published facts, not recorded measurements";

    private static readonly Interval Period = new(Utc("2014-11-01T00:00:00Z"), Utc("2014-12-26T00:00:00Z"));

    public static Scenario Tell(ulong seed) => new(
        Name, Title, Period, liveFrom: Utc("2014-12-19T18:00:00Z"), seed,
        [NorthKorea(), Mozambique(seed), Uruguay(), Georgia(), .. QuietCountries.All()], Faults(), liveUntil: Utc("2014-12-24T00:00:00Z"));

    // Four /24 networks, one AS (AS131279, Star JV), one provider: Dyn, "Who disconnected North Korea?", 22 Dec 2014.
    // No IPv6, no search figures, no probe. How many /24s answered pings is ours.
    private static CountryScript NorthKorea()
    {
        var country = new CountryScript(new Nation(
            Country.Parse("KP"), "North Korea", "AS", PrefixesV4: 4, PrefixesV6: 0, Asns: 1, Slash24: 4, PingUp: 3, Telescope: 1, Search: 0,
            Probes: 0, LostProbes: 0, UtcOffset: 9));

        // Unstable from late Friday: New York Times quoting Dyn. "More than 24 hours of sustained weekend instability": Dyn, 22 Dec 2014.
        // On Sunday the drops "increased in frequency and duration as the day went on": Tom's Guide, 22 Dec 2014, on Dyn's graphs.
        // "Usually there are isolated blips, not continuous connectivity problems": Doug Madory of Dyn.
        // Hours, lengths and depths of the single drops are not published: ours.
        foreach (var (start, minutes, networks) in Drops)
            Lose(networks, start, minutes);
        foreach (var deepest in AllFourForOneBin)
            Lose(4, deepest, 5);
        country.Is(
            TruthClass.Unstable, "2014-12-19T22:00:00Z", "2014-12-21T14:00:00Z",
            "unstable from late Fri 19 Dec: New York Times quoting Dyn; single drops ours");
        country.Is(
            TruthClass.Worsening, "2014-12-21T14:00:00Z", "2014-12-22T16:15:00Z",
            "increasing in frequency and duration: Dyn's graphs in Tom's Guide, 22 Dec 2014; single drops ours");

        // Out at 16:15 UTC: Dyn, 22 Dec. Back at 01:46 UTC, after 9 h 31 min: Dyn, and Reuters, 23 Dec.
        Gone("2014-12-22T16:15:00Z", "2014-12-23T01:46:00Z", "16:15: Dyn, 22 Dec 2014; 01:46: Reuters, 23 Dec 2014; 9 h 31 min: Dyn");

        // "Another outage striking at just before 08:00 UTC": ZDNet quoting Dyn. Its end is not published: ours.
        Gone("2014-12-23T07:55:00Z", "2014-12-23T08:25:00Z", "just before 08:00: ZDNet quoting Dyn; end ours");

        // Out once more at 15:41 UTC: Dyn, quoted by Business Insider, 23 Dec 2014 (which prints 3:41). For the end, 16:12, no publisher was
        // found: ours.
        Gone("2014-12-23T15:41:00Z", "2014-12-23T16:12:00Z", "15:41: Business Insider quoting Dyn, 23 Dec 2014; end ours");
        return country;

        void Lose(int networks, string start, int minutes) => country.Loses(networks / 4.0, Utc(start), Utc(start).AddMinutes(minutes));

        void Gone(string from, string to, string source) => country.Loses(1, from, to).Is(TruthClass.Outage, from, to, source);
    }

    // Start, minutes, networks of four.
    private static readonly (string Start, int Minutes, int Networks)[] Drops =
    [
        ("2014-12-19T22:00:00Z", 15, 2),

        ("2014-12-20T06:40:00Z", 10, 1), ("2014-12-20T13:25:00Z", 10, 2), ("2014-12-20T20:10:00Z", 15, 2),

        ("2014-12-21T14:00:00Z", 10, 2), ("2014-12-21T16:10:00Z", 10, 2), ("2014-12-21T17:50:00Z", 15, 2), ("2014-12-21T19:00:00Z", 10, 2),
        ("2014-12-21T20:20:00Z", 20, 2), ("2014-12-21T21:30:00Z", 15, 3), ("2014-12-21T22:20:00Z", 25, 3), ("2014-12-21T23:15:00Z", 30, 3),

        ("2014-12-22T00:30:00Z", 25, 2), ("2014-12-22T02:00:00Z", 30, 3), ("2014-12-22T03:10:00Z", 35, 2), ("2014-12-22T05:00:00Z", 40, 3),
        ("2014-12-22T06:20:00Z", 45, 3), ("2014-12-22T08:00:00Z", 50, 3), ("2014-12-22T09:40:00Z", 60, 3), ("2014-12-22T11:20:00Z", 55, 3),
        ("2014-12-22T13:00:00Z", 60, 3), ("2014-12-22T14:50:00Z", 60, 3),
    ];

    // Within the drops above.
    private static readonly string[] AllFourForOneBin =
    [
        "2014-12-21T22:30:00Z", "2014-12-21T23:25:00Z", "2014-12-22T08:20:00Z", "2014-12-22T10:00:00Z",
        "2014-12-22T13:35:00Z", "2014-12-22T15:20:00Z",
    ];

    // As many blips as make one look up, but evenly spread over both months: steady, not worsening. All ours.
    private static CountryScript Mozambique(ulong seed)
    {
        const string Source = "ours: evenly spread blips";
        var country = new CountryScript(new Nation(
            Country.Parse("MZ"), "Mozambique", "AF", 260, 22, 26, 1_540, 330, 210, 480_000, Probes: 1, LostProbes: 1, UtcOffset: 2));
        var chance = Chance.For(seed, "MZ", "blips");
        for (var at = Period.Start.AddHours(7); at < Period.End.AddHours(-1); at = at.AddHours(31))
        {
            var start = at.AddMinutes((2 * chance.Whole(0, 20)) + 1); // an odd minute
            country.Loses(0.6, start, start.AddMinutes(10), Planes.Routes | Planes.Paths)
                .Is(TruthClass.Blip, start, start.AddMinutes(10), Source);
        }

        return country;
    }

    // One short drop, and nothing else. Ours.
    private static CountryScript Uruguay() => new CountryScript(new Nation(
            Country.Parse("UY"), "Uruguay", "SA", 860, 64, 34, 9_300, 2_700, 1_150, 1_250_000, Probes: 2, LostProbes: 0, UtcOffset: -3))
        .Loses(0.7, "2014-12-20T13:37:00Z", "2014-12-20T13:47:00Z", Planes.Routes | Planes.Paths)
        .Is(TruthClass.Blip, "2014-12-20T13:37:00Z", "2014-12-20T13:47:00Z", "ours: one short drop");

    // All probes lose their controller while routes, pings and searches are well: the planes disagree. Ours.
    private static CountryScript Georgia() => new CountryScript(new Nation(
            Country.Parse("GE"), "Georgia", "AS", 1_020, 70, 74, 5_100, 1_380, 940, 890_000, Probes: 6, LostProbes: 0, UtcOffset: 4))
        .Loses(1, "2014-12-21T09:00:00Z", "2014-12-21T14:00:00Z", Planes.Probes)
        .Is(TruthClass.ProbesOnly, "2014-12-21T09:00:00Z", "2014-12-21T14:00:00Z", "ours: probes without their controller, country well");

    // What a judge must not take for outages of countries. Ours.
    private static SourceFault[] Faults() =>
    [
        new("ripestat", FaultKind.ErrorPage, new Interval(Utc("2014-12-18T13:00:00Z"), Utc("2014-12-18T13:30:00Z"))),
        new("ioda.bgp", FaultKind.Zeros, new Interval(Utc("2014-12-20T03:10:00Z"), Utc("2014-12-20T03:20:00Z"))),
        new("ioda.ping-slash24", FaultKind.Nulls, new Interval(Utc("2014-12-22T05:00:00Z"), Utc("2014-12-22T06:00:00Z"))),
    ];
}
