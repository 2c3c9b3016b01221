using static Pharos.Standalone.CountryScript;

namespace Pharos.Standalone;

/// <summary>
/// November 2012: all of Syria is gone within three minutes, for two days.
/// A reconstruction: the published facts stand below with their sources; all other times and sizes are ours.
/// </summary>
internal static class Syria2012
{
    public const string Name = "syria-2012";

    private const string Title = "Syria, November 2012: a reconstruction from published facts, not recorded measurements";

    private static readonly Interval Period = new(Utc("2012-11-01T00:00:00Z"), Utc("2012-12-04T00:00:00Z"));

    public static Scenario Tell(ulong seed) => new(Name, Title, Period, liveFrom: Utc("2012-11-28T00:00:00Z"), seed, [Syria(), .. QuietCountries.Around("SY")], []);

    // 84 address blocks: Renesys. The rest is ours.
    private static CountryScript Syria() => new CountryScript(new Nation(
            Country.Parse("SY"), "Syria", "AS", 84, 0, 3, 2_600, 640, 410, 620_000, Probes: 0, LostProbes: 0, UtcOffset: 2))

        // Between 10:26 and 10:29: Renesys. Five prefixes via Tata stayed a few hours: CAIDA; how many hours is ours.
        .Loses(79 / 84.0, "2012-11-29T10:26:00Z", "2012-12-01T14:32:00Z")
        .Loses(1, "2012-11-29T14:30:00Z", "2012-12-01T14:32:00Z")
        .Is(
            TruthClass.Outage, "2012-11-29T10:26:00Z", "2012-12-01T14:32:00Z",
            "10:26 to 10:29: Reuters quoting Renesys; five prefixes stayed a few hours: CAIDA, 5 Dec 2012; back 16:32 local: AP; when the last five left ours");
}
