using System.Collections.Frozen;

namespace Pharos.Outages;

/// <summary>The 249 countries of ISO 3166-1 and Kosovo.</summary>
public static class Countries
{
    private static readonly IReadOnlyList<CountryFacts> Table = CountryTable.Read();

    private static readonly FrozenDictionary<string, CountryFacts> ByCode =
        Table.ToFrozenDictionary(facts => facts.Country.Code, StringComparer.Ordinal);

    // Two countries under one name would throw here: the table is ours, so that is our bug.
    private static readonly FrozenDictionary<string, Country> ByName = Table
        .SelectMany(facts => facts.OtherNames.Append(facts.Name).Append(facts.Country.Code), (facts, name) => (facts.Country, name))
        .ToFrozenDictionary(pair => pair.name, pair => pair.Country, StringComparer.OrdinalIgnoreCase);

    /// <summary>All 250, ordered by code.</summary>
    public static IReadOnlyList<Country> All { get; } = Array.AsReadOnly(Table.Select(facts => facts.Country).Order().ToArray());

    /// <summary>What is known of the country.</summary>
    /// <exception cref="ArgumentException">It is <c>default</c>, no country.</exception>
    public static CountryFacts Of(Country country) => ByCode.TryGetValue(country.Code, out var facts)
        ? facts
        : throw new ArgumentException("The default country is no country, so nothing is known of it.", nameof(country));

    /// <summary>Finds a country by any name a source gives it, or by its code; case and spaces around it do not matter.</summary>
    public static bool TryByName(string? name, out Country country)
    {
        country = default;
        return name is not null && ByName.TryGetValue(name.Trim(), out country);
    }

    /// <summary>Finds a country by its code exactly as written.</summary>
    internal static bool TryByCode(string? code, out Country country)
    {
        country = code is not null && ByCode.TryGetValue(code, out var facts) ? facts.Country : default;
        return country != default;
    }
}
