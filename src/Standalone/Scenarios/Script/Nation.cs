namespace Pharos.Standalone;

/// <summary>A country with its size in calm times. Sizes are ours, of the right order for 2014.</summary>
/// <param name="Country">Its code.</param>
/// <param name="Name">English name.</param>
/// <param name="Continent">Two letters, as in IODA's geographic ids.</param>
/// <param name="PrefixesV4">IPv4 prefixes in RIS.</param>
/// <param name="PrefixesV6">IPv6 prefixes in RIS.</param>
/// <param name="Asns">Origin ASNs.</param>
/// <param name="Slash24">/24 networks visible in BGP.</param>
/// <param name="PingUp">/24 networks that answer pings.</param>
/// <param name="Telescope">Unique source addresses per 5 minutes at a telescope.</param>
/// <param name="Search">Search traffic per half hour in the evening, in the source's own unit; 0 = not published.</param>
/// <param name="Probes">Connected probes.</param>
/// <param name="LostProbes">Probes in the list that are abandoned, written off or never came.</param>
/// <param name="UtcOffset">Hours east of UTC, for the daily cycle.</param>
internal sealed record Nation(
    Country Country, string Name, string Continent, int PrefixesV4, int PrefixesV6, int Asns, int Slash24, int PingUp, int Telescope,
    int Search, int Probes, int LostProbes, int UtcOffset);
