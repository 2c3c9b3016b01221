namespace Pharos.Standalone;

/// <summary>The six signals of a generated world, each from a source of its own, so that one can confirm another.</summary>
public static class WorldSignals
{
    /// <summary>Prefixes visible, every 5 minutes.</summary>
    public static readonly Signal Routes = Of("world-bgp.routes", SignalKind.Routes, Plane.Control, 1, 5, "prefixes");

    /// <summary>/24 networks that answer, every 10 minutes.</summary>
    public static readonly Signal Networks = Of("world-ping.networks", SignalKind.Ping, Plane.Data, 2, 20, "/24s up");

    /// <summary>Probes connected, every 5 minutes.</summary>
    public static readonly Signal Probes = Of("world-probes.connected", SignalKind.Probes, Plane.Data, 1, 5, "probes connected");

    /// <summary>Source addresses at a telescope, every 5 minutes.</summary>
    public static readonly Signal Telescope = Of("world-telescope.addresses", SignalKind.Telescope, Plane.Usage, 1, 15, "unique source addresses");

    /// <summary>Searches, every 30 minutes.</summary>
    public static readonly Signal Search = Of("world-search.queries", SignalKind.Search, Plane.Usage, 6, 60, "search traffic");

    /// <summary>Traffic, every 15 minutes.</summary>
    public static readonly Signal Traffic = Of("world-traffic.bytes", SignalKind.Traffic, Plane.Usage, 3, 30, "traffic");

    /// <summary>All six, in the order of judgement.</summary>
    public static readonly IReadOnlyList<Signal> All = [Routes, Networks, Probes, Telescope, Search, Traffic];

    private static Signal Of(string name, SignalKind kind, Plane plane, int period, int lagMinutes, string unit) =>
        new(name, kind, plane, period * Bin.Length, TimeSpan.FromMinutes(lagMinutes), unit);
}
