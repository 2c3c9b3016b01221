namespace Pharos.Outages;

/// <summary>Whom a report thanks for a source's data, and on what terms.</summary>
/// <param name="Source">The source, as in signal names.</param>
/// <param name="Line">The credit line.</param>
/// <param name="Terms">What the terms allow, in a sentence.</param>
public sealed record Credit(string Source, string Line, string Terms);

/// <summary>The credit lines of the sources, taken from their own terms.</summary>
public static class Credits
{
    private static readonly IReadOnlyList<Credit> Known =
    [
        new("ripestat", "RIPE NCC, RIPEstat and the Routing Information Service (RIS).", "Derived values only; RIPEstat data are not republished."),
        new("ris", "RIPE NCC, Routing Information Service (RIS).", "Used under the RIPE NCC's terms of service."),
        new("ripe-atlas", "RIPE NCC, RIPE Atlas.", "Aggregates only; commercial use needs the RIPE NCC's permission."),
        new("ioda", "IODA, Internet Intelligence Lab. © Georgia Tech Research Corporation.", "All rights reserved; shown with attribution, raw series are not republished."),
        new("radar", "Cloudflare Radar.", "CC BY-NC 4.0."),
        new("ooni", "OONI, Open Observatory of Network Interference.", "CC BY-NC-SA 4.0."),
    ];

    /// <summary>One credit per source of the signals, in alphabetical order; a source without known terms says so.</summary>
    public static IReadOnlyList<Credit> For(IEnumerable<Signal> signals) =>
    [
        .. signals.Select(signal => signal.Source).Distinct().Order(StringComparer.Ordinal)
            .Select(source => Known.FirstOrDefault(credit => credit.Source == source) ?? new Credit(source, $"{source}.", "Terms not known; ask before reuse.")),
    ];
}
