namespace Pharos.Outages;

/// <summary>What a signal looks at: routes, paths to and from the country, or its users' traffic.</summary>
public enum Plane
{
    /// <summary>Routes in BGP.</summary>
    Control,

    /// <summary>Pings, probes: whether packets pass.</summary>
    Data,

    /// <summary>What people in the country do: searches, traffic.</summary>
    Usage,
}

/// <summary>The row of the method's table (METHOD.md, "Signals") that a signal is judged by.</summary>
public enum SignalKind
{
    /// <summary>Prefixes or /24 networks visible in BGP.</summary>
    Routes,

    /// <summary>Origin ASNs visible in BGP.</summary>
    Asns,

    /// <summary>/24 networks that answer active probing.</summary>
    Ping,

    /// <summary>RIPE Atlas probes connected.</summary>
    Probes,

    /// <summary>Share of pings from inside that get an answer, 0 to 1.</summary>
    ProbeSuccess,

    /// <summary>Unique source addresses at a telescope.</summary>
    Telescope,

    /// <summary>Search traffic.</summary>
    Search,

    /// <summary>Network traffic.</summary>
    Traffic,

    /// <summary>Answers counted per period, so few that chance moves them: a Poisson count.</summary>
    Answers,
}

/// <summary>One quantity about one country over time.</summary>
/// <param name="Name">Stable name, <c>source.quantity</c>, for example <c>ioda.bgp</c>.</param>
/// <param name="Kind">How it is judged.</param>
/// <param name="Plane">What it looks at.</param>
/// <param name="Cadence">Time between two values as published, a multiple of 5 minutes.</param>
/// <param name="SettleLag">Age after which a bin's value no longer changes.</param>
/// <param name="Unit">Unit of the value, in words.</param>
public sealed record Signal(string Name, SignalKind Kind, Plane Plane, TimeSpan Cadence, TimeSpan SettleLag, string Unit)
{
    /// <summary>Who publishes it: the part of the name before the dot.</summary>
    public string Source => source ??= Name[..Name.IndexOf('.', StringComparison.Ordinal)];

    private string? source;

    /// <summary>Cadence in bins, one or more.</summary>
    public int Period => Math.Max(1, (int)(Cadence.Ticks / Bin.Length.Ticks));

    /// <summary>Its name.</summary>
    public override string ToString() => Name;
}
