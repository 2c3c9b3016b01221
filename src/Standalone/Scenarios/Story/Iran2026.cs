using static Pharos.Standalone.CountryScript;

namespace Pharos.Standalone;

/// <summary>
/// January 2026: Iran loses IPv6 before noon, most traffic in the afternoon, everything in the evening, for twenty days.
/// A reconstruction: the published facts stand below with their sources; all other times and sizes are ours.
/// </summary>
internal static class Iran2026
{
    public const string Name = "iran-2026";

    private const string Title = "Iran, January 2026: a reconstruction from published facts, not recorded measurements";

    private static readonly Interval Period = new(Utc("2025-12-08T00:00:00Z"), Utc("2026-01-31T00:00:00Z"));

    public static Scenario Tell(ulong seed) => new(Name, Title, Period, liveFrom: Utc("2026-01-07T00:00:00Z"), seed, [Iran(), .. QuietCountries.Around("IR")], []);

    // Sizes are ours.
    private static CountryScript Iran() => new CountryScript(new Nation(
            Country.Parse("IR"), "Iran", "AS", 5_600, 620, 640, 41_000, 9_800, 4_200, 14_000_000, Probes: 0, LostProbes: 0, UtcOffset: 3))

        // IPv6 withdrawn at 11:50, -98.5 %: Cloudflare; 11:49: Kentik.
        .Loses(0.985, "2026-01-08T11:50:00Z", "2026-01-28T00:00:00Z", Planes.RoutesV6)
        .Is(TruthClass.Worsening, "2026-01-08T11:50:00Z", "2026-01-08T16:30:00Z", "11:50, IPv6 down by 98.5 %: Cloudflare, 13 Jan 2026; 11:49: Kentik")

        // Traffic -90 % from 16:30 to 17:00, zero at 18:45: Cloudflare. The slopes, the hour of the end and that few IPv4 routes went are ours.
        .Sinks(0.15, 0.90, "2026-01-08T16:30:00Z", "2026-01-08T17:00:00Z", "2026-01-28T00:00:00Z", Planes.Paths | Planes.Users)
        .Loses(1, "2026-01-08T18:45:00Z", "2026-01-28T00:00:00Z", Planes.Paths | Planes.Users)
        .Loses(0.04, "2026-01-08T18:45:00Z", "2026-01-28T00:00:00Z", Planes.Routes)
        .Is(
            TruthClass.Outage, "2026-01-08T16:30:00Z", "2026-01-28T00:00:00Z",
            "-90 % 16:30 to 17:00, zero 18:45: Cloudflare, 13 Jan 2026; until 28 Jan: IODA; its hour, slopes and routes ours");
}
