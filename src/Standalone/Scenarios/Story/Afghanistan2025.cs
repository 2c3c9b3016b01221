using static Pharos.Standalone.CountryScript;

namespace Pharos.Standalone;

/// <summary>
/// September 2025: wired providers of Afghanistan falter for minutes, an hour later the country is gone for two days.
/// A reconstruction: the published facts stand below with their sources; all other times and sizes are ours.
/// </summary>
internal static class Afghanistan2025
{
    public const string Name = "afghanistan-2025";

    private const string Title = "Afghanistan, September 2025: a reconstruction from published facts, not recorded measurements";

    private static readonly Interval Period = new(Utc("2025-09-01T00:00:00Z"), Utc("2025-10-04T00:00:00Z"));

    public static Scenario Tell(ulong seed) => new(Name, Title, Period, liveFrom: Utc("2025-09-28T00:00:00Z"), seed, [Afghanistan(), .. QuietCountries.Around("AF")], []);

    // Sizes are ours.
    private static CountryScript Afghanistan() => new CountryScript(new Nation(
            Country.Parse("AF"), "Afghanistan", "AS", 540, 30, 62, 1_150, 310, 380, 910_000, Probes: 0, LostProbes: 0, UtcOffset: 4))

        // Wired providers only, from 11:30 for less than half an hour: Cloudflare. Share and end are ours.
        .Loses(0.35, "2025-09-29T11:30:00Z", "2025-09-29T11:55:00Z")
        .Is(TruthClass.Blip, "2025-09-29T11:30:00Z", "2025-09-29T11:55:00Z", "11:30, wired providers, under half an hour: Cloudflare, 30 Sep 2025; share and end ours")

        // From 12:30, Kabul slightly later, completely offline: Cloudflare. 48 hours: NetBlocks. How much later, and the stages of the return, are ours.
        .Loses(0.75, "2025-09-29T12:30:00Z", "2025-10-01T13:10:00Z")
        .Loses(1, "2025-09-29T12:45:00Z", "2025-10-01T12:30:00Z")
        .Loses(0.4, "2025-10-01T13:10:00Z", "2025-10-01T15:00:00Z")
        .Loses(0.15, "2025-10-01T15:00:00Z", "2025-10-01T16:30:00Z")
        .Is(
            TruthClass.Outage, "2025-09-29T12:30:00Z", "2025-10-01T12:30:00Z",
            "12:30, Kabul slightly later, completely offline, staged return: Cloudflare, 30 Sep 2025; 48 h: NetBlocks; minutes of Kabul and of the stages ours");
}
