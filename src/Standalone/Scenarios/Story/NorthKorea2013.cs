using static Pharos.Standalone.CountryScript;

namespace Pharos.Standalone;

/// <summary>
/// March 2013: North Korea is withdrawn for a moment, then for two hours; afterwards routes are present while packets do not pass.
/// A reconstruction: the published facts stand below with their sources; all other times and sizes are ours.
/// </summary>
internal static class NorthKorea2013
{
    public const string Name = "north-korea-2013";

    private const string Title = "North Korea, March 2013: a reconstruction from published facts, not recorded measurements";

    private static readonly Interval Period = new(Utc("2013-02-16T00:00:00Z"), Utc("2013-03-17T00:00:00Z"));

    public static Scenario Tell(ulong seed) => new(Name, Title, Period, liveFrom: Utc("2013-03-12T00:00:00Z"), seed, [NorthKorea(), .. QuietCountries.Around("KP")], []);

    // Four /24 networks, Star JV behind two providers: Dyn, "North Korea suffers outage", March 2013. How many /24s answered pings is ours.
    private static CountryScript NorthKorea() => new CountryScript(new Nation(
            Country.Parse("KP"), "North Korea", "AS", PrefixesV4: 4, PrefixesV6: 0, Asns: 1, Slash24: 4, PingUp: 4, Telescope: 1, Search: 0, Probes: 0, LostProbes: 0, UtcOffset: 9))

        // All four withdrawn very briefly at 00:59:30: Dyn. The length is ours.
        .Loses(1, "2013-03-13T00:59:30Z", "2013-03-13T01:05:30Z")
        .Is(TruthClass.Blip, "2013-03-13T00:59:30Z", "2013-03-13T01:05:30Z", "00:59:30, very brief: Dyn, March 2013; end ours")

        // Gone a second time at 22:40 for about two hours: Dyn.
        .Loses(1, "2013-03-13T22:40:00Z", "2013-03-14T00:40:00Z")
        .Is(TruthClass.Outage, "2013-03-13T22:40:00Z", "2013-03-14T00:40:00Z", "22:40, about two hours: Dyn, March 2013")

        // Traceroutes failed while routes were generally present: Dyn. From when to when is ours.
        .Loses(1, "2013-03-14T00:40:00Z", "2013-03-14T09:10:00Z", Planes.Paths | Planes.Users)
        .Is(TruthClass.PlanesDisagree, "2013-03-14T00:40:00Z", "2013-03-14T09:10:00Z", "routes present, traceroutes failing: Dyn, March 2013; times ours");
}
