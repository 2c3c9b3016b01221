namespace Pharos.Standalone;

/// <summary>A generated world: readings of six signals of many countries, and the truth behind them.</summary>
public sealed class World
{
    /// <summary>A world without a reading.</summary>
    public World(WorldPlan plan, IReadOnlyList<WorldCountry> countries)
    {
        (Plan, Countries) = (plan, countries);
        Series = new Series([.. countries.Select(country => country.Country)], WorldSignals.All, WorldPlan.Start, plan.Days * Bin.PerDay);
    }

    /// <summary>What was asked for.</summary>
    public WorldPlan Plan { get; }

    /// <summary>The countries, in order of code.</summary>
    public IReadOnlyList<WorldCountry> Countries { get; }

    /// <summary>Their readings; changing them changes the world.</summary>
    public Series Series { get; }

    /// <summary>The truth, in order of country and start.</summary>
    public IReadOnlyList<TruthEvent> Truth { get; internal set; } = [];
}

/// <summary>A country of a generated world.</summary>
/// <param name="Country">Under which code it goes; nothing of the real country is in it.</param>
/// <param name="Size">0 tiny (4 to 12 prefixes, 0 or 1 probe) to 4 huge.</param>
/// <param name="HoursEast">Local time less UTC, hours.</param>
/// <param name="Prefixes">Prefixes in the routing table.</param>
/// <param name="Networks">/24 networks that answer; 0 = the signal does not exist.</param>
/// <param name="Probes">Probes; 0 = the signal does not exist.</param>
/// <param name="Addresses">Addresses the telescope sees; 0 = the signal does not exist.</param>
/// <param name="HasSearch">Whether searches are published.</param>
/// <param name="HasTraffic">Whether traffic is published.</param>
public sealed record WorldCountry(
    Country Country, int Size, int HoursEast, int Prefixes, int Networks, int Probes, int Addresses, bool HasSearch, bool HasTraffic);

/// <summary>What world to make.</summary>
/// <param name="Seed">Same seed, same world.</param>
/// <param name="Countries">How many countries, 1 to 250.</param>
/// <param name="Days">How many days.</param>
public sealed record WorldPlan(ulong Seed, int Countries = 100, int Days = 120)
{
    /// <summary>Monday 2025-01-06.</summary>
    public static readonly Bin Start = Bin.Parse("2025-01-06T00:00:00Z");

    /// <summary>Days before the first event: the baselines form.</summary>
    public int WarmDays { get; init; } = 35;

    /// <summary>Mean number of events per country and 90 days.</summary>
    public double EventsPer90Days { get; init; } = 3;

    /// <summary>The only kinds of event that happen; null for the usual mixture.</summary>
    public IReadOnlyList<TroubleKind>? Only { get; init; }

    /// <summary>Whether sources fail.</summary>
    public bool Faults { get; init; } = true;
}
