namespace Pharos.Outages;

/// <summary>
/// The signals Pharos reads of its own accord, in the fixed order in which they are judged.
/// Cadences and settle lags are the sources' own (METHOD.md, "Signals").
/// </summary>
public static class Signals
{
    /// <summary>IPv4 prefixes of the country seen by RIPE RIS, from RIPEstat country-resource-stats.</summary>
    public static readonly Signal RipestatPrefixesV4 =
        new("ripestat.prefixes-v4", SignalKind.Routes, Plane.Control, TimeSpan.FromMinutes(5), TimeSpan.FromHours(2), "IPv4 prefixes in RIS");

    /// <summary>IPv6 prefixes of the country seen by RIPE RIS.</summary>
    public static readonly Signal RipestatPrefixesV6 =
        new("ripestat.prefixes-v6", SignalKind.Routes, Plane.Control, TimeSpan.FromMinutes(5), TimeSpan.FromHours(2), "IPv6 prefixes in RIS");

    /// <summary>Origin ASNs of the country seen by RIPE RIS.</summary>
    public static readonly Signal RipestatAsns =
        new("ripestat.asns", SignalKind.Asns, Plane.Control, TimeSpan.FromMinutes(5), TimeSpan.FromHours(2), "ASNs in RIS");

    /// <summary>/24 networks visible to more than half of the full-feed BGP peers, from IODA.</summary>
    public static readonly Signal IodaBgp =
        new("ioda.bgp", SignalKind.Routes, Plane.Control, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), "/24s visible");

    /// <summary>/24 networks that answer active probing, from IODA.</summary>
    public static readonly Signal IodaPing =
        new("ioda.ping-slash24", SignalKind.Ping, Plane.Data, TimeSpan.FromMinutes(10), TimeSpan.FromHours(1), "/24s up");

    /// <summary>RIPE Atlas probes connected at the end of the bin.</summary>
    public static readonly Signal AtlasConnected =
        new("ripe-atlas.connected", SignalKind.Probes, Plane.Data, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), "probes connected");

    /// <summary>Share of built-in pings from RIPE Atlas probes in the country that got an answer, 0 to 1.</summary>
    public static readonly Signal AtlasPing =
        new("ripe-atlas.ping", SignalKind.ProbeSuccess, Plane.Data, TimeSpan.FromMinutes(5), TimeSpan.FromHours(6), "share of pings answered");

    /// <summary>Unique source addresses at the Merit network telescope, from IODA.</summary>
    public static readonly Signal IodaTelescope =
        new("ioda.merit-nt", SignalKind.Telescope, Plane.Usage, TimeSpan.FromMinutes(5), TimeSpan.FromHours(1), "unique source addresses");

    /// <summary>Google search traffic, from IODA.</summary>
    public static readonly Signal IodaSearch =
        new("ioda.gtr", SignalKind.Search, Plane.Usage, TimeSpan.FromMinutes(30), TimeSpan.FromHours(3), "search traffic");

    /// <summary>All of them, in the order of judgement.</summary>
    public static readonly IReadOnlyList<Signal> All =
    [
        RipestatPrefixesV4, RipestatPrefixesV6, RipestatAsns, IodaBgp, IodaPing, AtlasConnected, AtlasPing, IodaTelescope, IodaSearch,
    ];
}
