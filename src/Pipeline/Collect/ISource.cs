namespace Pharos.Pipeline;

/// <summary>Who publishes readings, asked over a window of time. An adapter is one file: what it asks, and a pure parser of the answers.</summary>
public interface ISource
{
    /// <summary>Stable name, the part of its signals' names before the dot.</summary>
    string Name { get; }

    /// <summary>The signals it fills.</summary>
    IReadOnlyList<Signal> Signals { get; }

    /// <summary>Longest window it is asked about at once; longer spans are split.</summary>
    TimeSpan LongestWindow { get; }

    /// <summary>How far behind what it was asked before it is asked again, because its data comes late.</summary>
    TimeSpan Overlap { get; }

    /// <summary>Asks about a window. Failures are values in the result; only a cancelled or broken process throws.</summary>
    /// <param name="window">On bin boundaries.</param>
    /// <param name="heard">Up to where these countries were heard before; null for never. What lies before it is asked again for late data only.</param>
    /// <param name="countries">Which countries.</param>
    /// <param name="cancel">Stops it.</param>
    Task<Collected> Collect(Interval window, DateTimeOffset? heard, IReadOnlyList<Country> countries, CancellationToken cancel);
}

/// <summary>What a source had to say about a window.</summary>
public sealed record Collected
{
    /// <summary>The readings; a bin that is not here was not told, which is not zero.</summary>
    public required IReadOnlyList<SignalReading> Readings { get; init; }

    /// <summary>Records that could not be read, a sample.</summary>
    public required IReadOnlyList<Reject> Rejects { get; init; }

    /// <summary>Records that could not be read, all of them.</summary>
    public required int Rejected { get; init; }

    /// <summary>Answers that were of use.</summary>
    public required int Answers { get; init; }

    /// <summary>What failed, in words, one per question.</summary>
    public required IReadOnlyList<string> Failures { get; init; }

    /// <summary>Countries about which something failed: the window is asked again for them.</summary>
    public required IReadOnlySet<Country> Unheard { get; init; }

    /// <summary>What the source wants to remember, run once the readings are stored; null if nothing.</summary>
    public Func<CancellationToken, Task>? Remember { get; init; }
}
