namespace Pharos.Standalone;

/// <summary>Where a loss shows.</summary>
[Flags]
internal enum Planes
{
    /// <summary>Prefixes, networks and ASNs in BGP.</summary>
    Routes = 1,

    /// <summary>Packets to and from the country: active probing, the probes' own pings and with them their connection.</summary>
    Paths = 2,

    /// <summary>Searches, telescope sources.</summary>
    Users = 4,

    /// <summary>Only the connection of probes to their controllers; their pings go on and are delivered later.</summary>
    Probes = 8,

    /// <summary>Only IPv6 prefixes in BGP.</summary>
    RoutesV6 = 16,

    /// <summary>What a real cut hits.</summary>
    All = Routes | Paths | Users,
}

/// <summary>A share of a country is lost for a while.</summary>
/// <param name="Share">0 to 1.</param>
/// <param name="When">From when to when, to the second.</param>
/// <param name="Planes">Where it shows.</param>
internal sealed record Loss(double Share, Interval When, Planes Planes);
