namespace Pharos.Pipeline;

/// <summary>What one collection of a source did.</summary>
/// <param name="Source">Which source.</param>
/// <param name="Interval">From the earliest moment asked about until the latest; empty when there was nothing to ask.</param>
/// <param name="EarliestChanged">For each country with a change, the earliest bin whose stored reading really changed.</param>
/// <param name="LastKnown">Newest bin with a value among what was told; null if there was none.</param>
/// <param name="Run">The counts and the watermarks as stored.</param>
/// <param name="Failures">What failed, in words.</param>
/// <param name="Doubt">From here on an earlier run stored readings and died before anybody was judged with them; null when none did.</param>
/// <param name="Version">Version of the run as stored; null when there was nothing to ask and it never ran.</param>
public sealed record Swept(
    string Source, Interval Interval, IReadOnlyDictionary<Country, Bin> EarliestChanged, Bin? LastKnown, SourceRun Run, IReadOnlyList<string> Failures,
    DateTimeOffset? Doubt, string? Version);
