using static Pharos.Standalone.CountryScript;

namespace Pharos.Standalone;

/// <summary>
/// October 2024: the grid of Cuba collapses and twice again while it is restored; users and pings fall while most routes stay.
/// A reconstruction: the published facts stand below with their sources; all other times and sizes are ours.
/// </summary>
internal static class Cuba2024
{
    public const string Name = "cuba-2024";

    private const string Title = "Cuba, October 2024: a reconstruction from published facts, not recorded measurements";

    private static readonly Interval Period = new(Utc("2024-09-16T00:00:00Z"), Utc("2024-10-26T00:00:00Z"));

    public static Scenario Tell(ulong seed) => new(Name, Title, Period, liveFrom: Utc("2024-10-17T00:00:00Z"), seed, [Cuba(), .. QuietCountries.Around("CU")], []);

    // Sizes are ours.
    private static CountryScript Cuba() => new CountryScript(new Nation(
            Country.Parse("CU"), "Cuba", "NA", 150, 12, 4, 820, 240, 310, 640_000, Probes: 0, LostProbes: 0, UtcOffset: -4))

        // The grid fails at 11:00 local: IODA's report. That half is lost within the hour and more as batteries run out is ours.
        .Sinks(0.15, 0.70, "2024-10-18T15:00:00Z", "2024-10-18T18:00:00Z", "2024-10-19T06:00:00Z", Planes.Paths | Planes.Users)

        // Power restored and lost again twice: press. The hours and shares are ours.
        .Loses(0.45, "2024-10-19T06:00:00Z", "2024-10-19T10:15:00Z", Planes.Paths | Planes.Users)
        .Loses(0.72, "2024-10-19T10:15:00Z", "2024-10-20T02:00:00Z", Planes.Paths | Planes.Users)
        .Loses(0.50, "2024-10-20T02:00:00Z", "2024-10-20T20:00:00Z", Planes.Paths | Planes.Users)

        // As before by the evening of 22 Oct: IODA's report. The slope is ours, and so is the small share of routes.
        .Rises(0.65, "2024-10-20T20:00:00Z", "2024-10-21T06:00:00Z", "2024-10-22T23:00:00Z", Planes.Paths | Planes.Users)
        .Loses(0.06, "2024-10-18T16:00:00Z", "2024-10-21T12:00:00Z", Planes.Routes)
        .Is(
            TruthClass.Outage, "2024-10-18T15:00:00Z", "2024-10-22T23:00:00Z",
            "11:00 local, restored and lost twice, as before by the evening of 22 Oct: IODA's report with Diktyon, press; depths and hours between ours");
}
