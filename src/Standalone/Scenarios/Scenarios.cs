namespace Pharos.Standalone;

/// <summary>The scenarios that come with Pharos. A further one is a file in Story and a line here.</summary>
public static class Scenarios
{
    /// <summary>The seed that documents and tests speak of.</summary>
    public const ulong UsualSeed = 2014;

    private static readonly Dictionary<string, Func<ulong, Scenario>> Known = new(StringComparer.Ordinal)
    {
        [NorthKorea2014.Name] = NorthKorea2014.Tell,
    };

    /// <summary>Their names.</summary>
    public static IReadOnlyCollection<string> Names => Known.Keys;

    /// <summary>Builds a scenario.</summary>
    /// <exception cref="ArgumentException">There is none of that name; the message lists those there are.</exception>
    public static Scenario ByName(string name, ulong seed = UsualSeed) =>
        Known.TryGetValue(name, out var tell)
            ? tell(seed)
            : throw new ArgumentException($"There is no scenario '{name}'. Known: {string.Join(", ", Names)}.", nameof(name));
}
