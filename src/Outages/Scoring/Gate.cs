namespace Pharos.Outages;

/// <summary>The gates between readings and a letter, in the order in which they are passed.</summary>
public enum GateKind
{
    /// <summary>Some signal has a reading, a baseline and weight.</summary>
    Readings,

    /// <summary>Enough of the country is seen.</summary>
    Coverage,

    /// <summary>The loss reaches the threshold, raised after a dip so that its tail is no new one.</summary>
    Loss,

    /// <summary>The evidence is beyond doubt by the rule.</summary>
    Evidence,

    /// <summary>It lasts for some bins, or two planes bear witness.</summary>
    Turn,

    /// <summary>A dip is open.</summary>
    Dip,

    /// <summary>The rule that gave the state; passed when it is a state of trouble.</summary>
    State,

    /// <summary>An event is known, with its class.</summary>
    Event,

    /// <summary>A letter about the event.</summary>
    Letter,
}

/// <summary>One gate, passed or not, with the numbers compared.</summary>
/// <param name="Kind">Which gate.</param>
/// <param name="Passed">Whether it was passed.</param>
/// <param name="Found">The number found; null where the gate compares none.</param>
/// <param name="Needed">The number it needs at least; null where the gate compares none.</param>
/// <param name="Says">The comparison in words.</param>
public sealed record Gate(GateKind Kind, bool Passed, double? Found, double? Needed, string Says);
