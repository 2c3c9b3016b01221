using static Pharos.Standalone.CountryScript;

namespace Pharos.Standalone;

/// <summary>
/// January 2022: an eruption, a cut cable, and 38 days in which only a little passes, by satellite.
/// A reconstruction: the published facts stand below with their sources; all other times and sizes are ours.
/// </summary>
internal static class Tonga2022
{
    public const string Name = "tonga-2022";

    private const string Title = "Tonga, January 2022: a reconstruction from published facts, not recorded measurements";

    private static readonly Interval Period = new(Utc("2021-12-14T00:00:00Z"), Utc("2022-02-26T00:00:00Z"));

    public static Scenario Tell(ulong seed) => new(Name, Title, Period, liveFrom: Utc("2022-01-14T00:00:00Z"), seed, [Tonga(), .. QuietCountries.Around("TO")], []);

    // Sizes are ours.
    private static CountryScript Tonga() => new CountryScript(new Nation(
            Country.Parse("TO"), "Tonga", "OC", 26, 3, 3, 62, 36, 14, 24_000, Probes: 1, LostProbes: 0, UtcOffset: 13))

        // All lost about 18:40 local, some ten minutes after problems began: Madory of Kentik, in AP. How much was lost in those ten minutes is ours.
        .Loses(0.4, "2022-01-15T05:30:00Z", "2022-01-15T05:40:00Z")

        // 38 days, minimal satellite traffic: Cloudflare, Q1 2022. The hour of the return and the share that stayed are ours.
        .Loses(0.96, "2022-01-15T05:40:00Z", "2022-02-22T01:20:00Z")
        .Is(
            TruthClass.Outage, "2022-01-15T05:40:00Z", "2022-02-22T01:20:00Z",
            "~05:40: Madory, Kentik, in AP; 38 days, minimal satellite traffic: Cloudflare, Q1 2022 summary; hour of the return and the share that stayed ours");
}
