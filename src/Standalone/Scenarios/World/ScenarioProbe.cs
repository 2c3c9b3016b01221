namespace Pharos.Standalone;

/// <summary>A probe and everything that happens to it. Addresses and AS numbers are from the ranges reserved for documentation.</summary>
internal sealed class ScenarioProbe
{
    private const int FirstId = 10_000;

    private ScenarioProbe(Nation nation, int number, long firstConnected, string? lost)
    {
        var index = ((nation.Country.Code[0] - 'A') * 26) + nation.Country.Code[1] - 'A';
        (Nation, Id) = (nation, FirstId + (index * 16) + number);
        (FirstConnected, Lost) = (firstConnected, lost);
        Asn = 65536 + (Id % 16);
        Prefix = (Id % 3) switch { 0 => "192.0.2.0/24", 1 => "198.51.100.0/24", _ => "203.0.113.0/24" };
        Address = Prefix[..^4] + (1 + (Id % 250));
    }

    public Nation Nation { get; }

    public int Id { get; }

    public int Asn { get; }

    public string Prefix { get; }

    public string Address { get; }

    /// <summary>Unix seconds.</summary>
    public long FirstConnected { get; }

    /// <summary>Start of the session it enters the scenario with, unix seconds.</summary>
    public long Since { get; private init; }

    /// <summary>"Abandoned", "Written Off" or "Never Connected" for a probe that takes no part; null for the others.</summary>
    public string? Lost { get; }

    /// <summary>What happens to it, in order, never overlapping.</summary>
    public IReadOnlyList<ProbeCut> Cuts { get; private init; } = [];

    /// <summary>Firmware, an odd one out now and then.</summary>
    public int Firmware => (Id % 7) switch { 0 => 4650, 3 => 4680, _ => 4660 };

    /// <summary>Second within the 240 in which it pings.</summary>
    public int Phase => (int)(Chance.Mix((ulong)Id) % 240);

    /// <summary>Usual time to the root server, µs.</summary>
    public int UsualRttUs => 12_000 + (int)(Chance.Mix((ulong)Id + 7) % 160_000);

    /// <summary>The probes of a country.</summary>
    public static IEnumerable<ScenarioProbe> Of(CountryScript script, Interval period, ulong seed)
    {
        var (nation, start, end) = (script.Nation, period.Start.ToUnixTimeSeconds(), period.End.ToUnixTimeSeconds());
        for (var number = 0; number < nation.Probes; number++)
        {
            var chance = Chance.For(seed, nation.Country.Code, $"probe {number}");
            var first = start - (86_400L * chance.Whole(30, 1_200)) - chance.Whole(0, 86_400);
            var since = start - chance.Whole(600, 86_400); // each found a session on the day before
            yield return new ScenarioProbe(nation, number, first, null) { Since = since, Cuts = Live(script, start, end, ref chance) };
        }

        for (var number = 0; number < nation.LostProbes; number++)
        {
            var first = start - (86_400L * (400 + (37 * number)));
            var lost = ((number + nation.Probes) % 3) switch { 0 => "Never Connected", 1 => "Abandoned", _ => "Written Off" };
            yield return new ScenarioProbe(nation, nation.Probes + number, first, lost);
        }
    }

    private static List<ProbeCut> Live(CountryScript script, long start, long end, ref Chance chance)
    {
        const int QuietAround = 1_800; // seconds between two spells
        var cuts = new List<ProbeCut>();
        foreach (var loss in script.Losses.Where(loss => (loss.Planes & (Planes.Paths | Planes.Probes)) != 0)
            .OrderBy(loss => loss.When.Start))
        {
            var hit = chance.Unit() < loss.Share;
            var cut = Told(loss, ref chance);
            if (hit && Fits(cut))
                cuts.Add(cut);
        }

        for (var t = start + chance.Whole(0, 86_400 * 10); t < end; t += chance.Whole(86_400, 86_400 * 19))
        {
            var cut = OwnTrouble(t, ref chance);
            if (Fits(cut))
                cuts.Add(cut);
        }

        cuts.Sort((a, b) => a.From.CompareTo(b.From));
        return cuts;

        bool Fits(ProbeCut cut) => cuts.TrueForAll(other => cut.Back + QuietAround < other.From || other.Back + QuietAround < cut.From);
    }

    // A loss of paths: the session times out minutes later. A loss of the controller: it breaks within ten minutes, pings go on.
    private static ProbeCut Told(Loss loss, ref Chance chance)
    {
        var (from, to) = (loss.When.Start.ToUnixTimeSeconds(), loss.When.End.ToUnixTimeSeconds());
        var only = !loss.Planes.HasFlag(Planes.Paths);
        var lost = from + chance.Whole(only ? 20 : 60, only ? 570 : 480);
        var back = to + chance.Whole(20, 420);
        return new ProbeCut(only ? lost : from, to, lost, back, Powered: true, Answered: only, Late: false);
    }

    // Somebody unplugs it, or the line at home is down: minutes to hours, once in ten days on average.
    private static ProbeCut OwnTrouble(long from, ref Chance chance)
    {
        var length = chance.Unit() < 0.7 ? chance.Whole(300, 2_400) : chance.Whole(2_400, 14_400);
        var to = from + length;
        return new ProbeCut(
            from, to, Lost: from + Math.Min(length - 60, chance.Whole(60, 400)), Back: to + chance.Whole(15, 200),
            Powered: chance.Unit() < 0.5, Answered: false, Late: chance.Unit() < 0.25);
    }
}
