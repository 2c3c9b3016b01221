namespace Pharos.Outages;

/// <summary>What is known of a country. One record per country exists; see <see cref="Country.Facts"/>.</summary>
/// <param name="Country">Which country.</param>
/// <param name="Name">Everyday English name, as a reader expects it in a sentence.</param>
/// <param name="TimeZones">Zones of the tz database, the capital's first; at least one.</param>
/// <param name="Population">People who live there, in <paramref name="PopulationYear"/>; 0 where nobody does for good.</param>
/// <param name="PopulationYear">The year of the count or estimate.</param>
/// <param name="Region">Region of UN M49, for example "Asia".</param>
/// <param name="Subregion">Sub-region of UN M49, for example "Eastern Asia".</param>
/// <param name="OtherNames">What sources and standards call it besides <paramref name="Name"/>; may be empty.</param>
public sealed record CountryFacts(
    Country Country,
    string Name,
    IReadOnlyList<string> TimeZones,
    long Population,
    int PopulationYear,
    string Region,
    string Subregion,
    IReadOnlyList<string> OtherNames)
{
    /// <summary>That moment on the clocks of the capital, with the offset that was in force there.</summary>
    /// <exception cref="TimeZoneNotFoundException">This machine's time zone data lacks the zone.</exception>
    public DateTimeOffset LocalTime(DateTimeOffset utc) => TimeZoneInfo.ConvertTime(utc, TimeZoneInfo.FindSystemTimeZoneById(TimeZones[0]));
}
