namespace Pharos.Outages;

/// <summary>
/// A country by its ISO 3166-1 alpha-2 code, or XK (Kosovo). <c>default</c> is no country: its code is empty and it is in no list.
/// </summary>
public readonly record struct Country : IComparable<Country>
{
    private readonly string? code;

    private Country(string code) => this.code = code;

    /// <summary>Two upper-case letters; empty for <c>default</c>.</summary>
    public string Code => code ?? "";

    /// <summary>Its everyday English name, for example "North Korea".</summary>
    /// <exception cref="ArgumentException">This is <c>default</c>, no country.</exception>
    public string Name => Facts.Name;

    /// <summary>What is known of it: names, time zones, population, region.</summary>
    /// <exception cref="ArgumentException">This is <c>default</c>, no country.</exception>
    public CountryFacts Facts => Countries.Of(this);

    /// <summary>Reads one of the 250 codes, in upper case.</summary>
    /// <exception cref="FormatException">The text is no such code; the message carries it.</exception>
    public static Country Parse(string text) => TryParse(text, out var country)
        ? country
        : throw new FormatException($"'{text}' is not an ISO 3166-1 alpha-2 code in upper case (or XK).");

    /// <summary>Reads one of the 250 codes; false for anything else: lower case, EU, AP, ZZ, a code that has been withdrawn.</summary>
    public static bool TryParse(string? text, out Country country) => Countries.TryByCode(text, out country);

    /// <inheritdoc/>
    public int CompareTo(Country other) => string.CompareOrdinal(Code, other.Code);

    /// <summary>Its code.</summary>
    public override string ToString() => Code;

    /// <summary>The country of a row of the table, which is what makes a code known.</summary>
    internal static Country OfRow(string code) => new(code);
}
