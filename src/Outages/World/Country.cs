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

    /// <summary>Reads an upper-case code.</summary>
    /// <exception cref="FormatException">The text is no such code; the message carries it.</exception>
    public static Country Parse(string text) =>
        TryParse(text, out var country) ? country : throw new FormatException($"'{text}' is not an ISO 3166 alpha-2 code in upper case (or XK).");

    /// <summary>Reads an upper-case code; false for anything else, lower case included.</summary>
    public static bool TryParse(string? text, out Country country)
    {
        country = text is { Length: 2 } && text[0] is >= 'A' and <= 'Z' && text[1] is >= 'A' and <= 'Z' ? new Country(text) : default;
        return country.Code.Length == 2;
    }

    /// <inheritdoc/>
    public int CompareTo(Country other) => string.CompareOrdinal(Code, other.Code);

    /// <summary>Its code.</summary>
    public override string ToString() => Code;
}
