using static Pharos.Standalone.CountryScript;

namespace Pharos.Standalone;

/// <summary>
/// January 2019: Gabon is cut off for 28 hours, with a partial return between.
/// A reconstruction: the published facts stand below with their sources; all other times and sizes are ours.
/// </summary>
internal static class Gabon2019
{
    public const string Name = "gabon-2019";

    private const string Title = "Gabon, January 2019: a reconstruction from published facts, not recorded measurements";

    private static readonly Interval Period = new(Utc("2018-12-10T00:00:00Z"), Utc("2019-01-11T00:00:00Z"));

    public static Scenario Tell(ulong seed) => new(Name, Title, Period, liveFrom: Utc("2019-01-06T00:00:00Z"), seed, [Gabon(), .. QuietCountries.Around("GA")], []);

    // Sizes are ours.
    private static CountryScript Gabon() => new CountryScript(new Nation(
            Country.Parse("GA"), "Gabon", "AF", 190, 8, 14, 620, 170, 120, 210_000, Probes: 0, LostProbes: 0, UtcOffset: 1))

        // 07:05 to 11:10 of the next day: IODA's curated list. Partial return at 10:00 and off again: NetBlocks; how long and how much is ours.
        .Loses(1, "2019-01-07T07:05:00Z", "2019-01-07T10:00:00Z")
        .Loses(0.5, "2019-01-07T10:00:00Z", "2019-01-07T10:45:00Z")
        .Loses(1, "2019-01-07T10:45:00Z", "2019-01-08T11:10:00Z")
        .Is(
            TruthClass.Outage, "2019-01-07T07:05:00Z", "2019-01-08T11:10:00Z",
            "07:05 and 11:10: IODA's curated list (SIGCOMM 2023); partial return 10:00: NetBlocks; its length and share ours");
}
