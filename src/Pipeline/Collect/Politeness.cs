namespace Pharos.Pipeline;

/// <summary>How gently one host is asked.</summary>
/// <param name="Concurrent">Most questions open at a time.</param>
/// <param name="Spacing">Least time between the starts of two questions.</param>
public sealed record HostRule(int Concurrent, TimeSpan Spacing);

/// <summary>Manners towards upstreams: how many questions at a time, how often one is repeated, when a failing host is left alone.</summary>
public sealed record Politeness
{
    private static readonly HostRule Unknown = new(2, TimeSpan.FromMilliseconds(500));

    private Politeness()
    {
    }

    /// <summary>
    /// RIPEstat allows eight at a time (its rules of usage); RIPE Atlas publishes no figure and asks not to poll tightly; IODA publishes nothing.
    /// </summary>
    public static Politeness Usual { get; } = new()
    {
        Hosts = new Dictionary<string, HostRule>(StringComparer.OrdinalIgnoreCase)
        {
            ["stat.ripe.net"] = new(8, TimeSpan.Zero),
            ["atlas.ripe.net"] = new(2, TimeSpan.FromSeconds(1)),
            ["api.ioda.inetintel.cc.gatech.edu"] = new(2, TimeSpan.FromMilliseconds(250)),
        },
        Waits = true,
    };

    /// <summary>No spacing, no repetition, no pause: for replay and tests, where the clock may be virtual and nothing may wait for it.</summary>
    public static Politeness None { get; } = new();

    /// <summary>Rules by host name.</summary>
    public IReadOnlyDictionary<string, HostRule> Hosts { get; init; } = new Dictionary<string, HostRule>();

    /// <summary>Whether time may pass between and before questions.</summary>
    public bool Waits { get; private init; }

    /// <summary>Most times a question is repeated after a passing failure.</summary>
    public int Repeats { get; init; } = 2;

    /// <summary>Wait before the first repetition when the upstream names none; doubles after that.</summary>
    public TimeSpan FirstWait { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>A longer Retry-After than this ends the attempt; the next sweep asks again.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromMinutes(1);

    internal HostRule For(string host) => Waits ? Hosts.GetValueOrDefault(host, Unknown) : new HostRule(int.MaxValue, TimeSpan.Zero);
}
