namespace Pharos.Outages;

/// <summary>Who saw what a claim says: one signal with the vantage points behind it.</summary>
/// <param name="Signal">Name of the signal, <c>source.quantity</c>.</param>
/// <param name="VantagePoints">How many probes, peers or networks stood behind it; null where the source does not tell.</param>
public sealed record Witness(string Signal, int? VantagePoints)
{
    /// <summary>Name of the signal, <c>source.quantity</c>.</summary>
    public string Signal { get; } = Signal is { Length: > 2 } && Signal.IndexOf('.', StringComparison.Ordinal) > 0
        ? Signal
        : throw new ArgumentException($"'{Signal}' names no source: a signal is called source.quantity.", nameof(Signal));

    /// <summary>Who publishes it: the part of the name before the dot.</summary>
    public string Source => Signal[..Signal.IndexOf('.', StringComparison.Ordinal)];
}

/// <summary>
/// A number that is published: it carries its bin and its witnesses and cannot be built without them.
/// Reports render claims as numbered footnotes.
/// </summary>
public sealed record Claim
{
    /// <summary>Makes a claim.</summary>
    /// <exception cref="ArgumentException">The text is empty, or nobody saw it.</exception>
    public Claim(string name, string text, Bin bin, IReadOnlyList<Witness> witnesses)
    {
        if (string.IsNullOrWhiteSpace(name) || string.IsNullOrWhiteSpace(text))
            throw new ArgumentException("A claim says something, and what it is about.", nameof(text));
        if (witnesses is not { Count: > 0 })
            throw new ArgumentException($"The claim '{name}: {text}' has no source and cannot be published.", nameof(witnesses));
        (Name, Text, Bin, Witnesses) = (name, text, bin, witnesses);
    }

    /// <summary>What the number is about.</summary>
    public string Name { get; }

    /// <summary>The number with its unit.</summary>
    public string Text { get; }

    /// <summary>The bin it was judged in.</summary>
    public Bin Bin { get; }

    /// <summary>Who saw it, one or more.</summary>
    public IReadOnlyList<Witness> Witnesses { get; }
}
