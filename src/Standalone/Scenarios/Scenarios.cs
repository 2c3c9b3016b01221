namespace Pharos.Standalone;

/// <summary>The scenarios that come with Pharos. A further one is a file in Story and a line here.</summary>
public static class Scenarios
{
    /// <summary>The seed that documents and tests speak of.</summary>
    public const ulong UsualSeed = 2014;

    private static readonly Dictionary<string, Func<ulong, Scenario>> Known = new(StringComparer.Ordinal)
    {
        [NorthKorea2014.Name] = NorthKorea2014.Tell,
        [NorthKorea2013.Name] = NorthKorea2013.Tell,
        [Egypt2011.Name] = Egypt2011.Tell,
        [Syria2012.Name] = Syria2012.Tell,
        [Bangladesh2014.Name] = Bangladesh2014.Tell,
        [Tonga2022.Name] = Tonga2022.Tell,
        [Gabon2019.Name] = Gabon2019.Tell,
        [Afghanistan2025.Name] = Afghanistan2025.Tell,
        [Cuba2024.Name] = Cuba2024.Tell,
        [Iran2026.Name] = Iran2026.Tell,
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
