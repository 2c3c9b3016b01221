using static Pharos.Standalone.CountryScript;

namespace Pharos.Standalone;

/// <summary>
/// November 2014: a national power failure in Bangladesh; a third is lost at once and more as batteries run out.
/// A reconstruction: the published facts stand below with their sources; all other times and sizes are ours.
/// </summary>
internal static class Bangladesh2014
{
    public const string Name = "bangladesh-2014";

    private const string Title = "Bangladesh, November 2014: a reconstruction from published facts, not recorded measurements";

    private static readonly Interval Period = new(Utc("2014-10-01T00:00:00Z"), Utc("2014-11-04T00:00:00Z"));

    public static Scenario Tell(ulong seed) => new(Name, Title, Period, liveFrom: Utc("2014-10-31T00:00:00Z"), seed, [Bangladesh(), .. QuietCountries.Around("BD")], []);

    // Sizes are ours.
    private static CountryScript Bangladesh() => new CountryScript(new Nation(
            Country.Parse("BD"), "Bangladesh", "AS", 1_450, 40, 190, 3_900, 980, 1_300, 5_100_000, Probes: 0, LostProbes: 0, UtcOffset: 6))

        // Traffic 35 % lower at 05:30, then worse, until 17:15: Akamai. How deep, the shape of the return and the routes are ours.
        .Sinks(0.35, 0.80, "2014-11-01T05:30:00Z", "2014-11-01T12:30:00Z", "2014-11-01T14:30:00Z", Planes.Paths | Planes.Users)
        .Rises(0.80, "2014-11-01T12:30:00Z", "2014-11-01T14:30:00Z", "2014-11-01T17:15:00Z", Planes.Paths | Planes.Users)
        .Sinks(0.01, 0.12, "2014-11-01T06:00:00Z", "2014-11-01T12:00:00Z", "2014-11-01T16:00:00Z", Planes.Routes)
        .Is(
            TruthClass.Worsening, "2014-11-01T05:30:00Z", "2014-11-01T17:15:00Z",
            "05:30 to 17:15, 35 % lower at first, then worse, national power failure: Akamai, Q4 2014; depth, return and routes ours");
}
