using static Pharos.Standalone.CountryScript;

namespace Pharos.Standalone;

/// <summary>
/// January 2011: the providers of Egypt leave one by one within minutes and return together after five days.
/// A reconstruction: the published facts stand below with their sources; all other times and sizes are ours.
/// </summary>
internal static class Egypt2011
{
    public const string Name = "egypt-2011";

    private const string Title = "Egypt, January 2011: a reconstruction from published facts, not recorded measurements";

    private static readonly Interval Period = new(Utc("2011-01-01T00:00:00Z"), Utc("2011-02-05T00:00:00Z"));

    public static Scenario Tell(ulong seed) => new(Name, Title, Period, liveFrom: Utc("2011-01-26T00:00:00Z"), seed, [Egypt(), .. QuietCountries.Around("EG")], []);

    // 2,903 prefixes of 52 origin ASNs on 27 Jan: BGPmon. The rest is ours. The generator ties ASNs to prefixes: it shows fewer left than the 26 that were.
    private static CountryScript Egypt()
    {
        var country = new CountryScript(new Nation(
            Country.Parse("EG"), "Egypt", "AF", 2_903, 14, 52, 8_900, 1_900, 2_100, 4_800_000, Probes: 0, LostProbes: 0, UtcOffset: 2));

        // One by one at these seconds: BGPmon, as in RIPE's account. How much each took is ours; 88 % in the end: BGPmon, 327 prefixes left.
        foreach (var (second, share) in Leaving)
            country.Loses(share, Utc(second), Utc("2011-02-02T09:30:00Z"));

        // Back on 2 Feb from about 09:30 within half an hour: RIPE. The steps are ours.
        country.Rises(0.88, "2011-01-27T22:25:10Z", "2011-02-02T09:30:00Z", "2011-02-02T10:00:00Z");
        return country.Is(
            TruthClass.Outage, "2011-01-27T22:12:43Z", "2011-02-02T09:30:00Z",
            "22:12:43 to 22:25:10, 2,903 to 327 prefixes: BGPmon; ~3,500 routes by 22:34: Renesys; back ~09:30: RIPE; shares of the single networks ours");
    }

    private static readonly (string Second, double Share)[] Leaving =
    [
        ("2011-01-27T22:12:43Z", 0.20), ("2011-01-27T22:13:26Z", 0.38), ("2011-01-27T22:17:10Z", 0.56), ("2011-01-27T22:19:02Z", 0.72), ("2011-01-27T22:25:10Z", 0.88),
    ];
}
