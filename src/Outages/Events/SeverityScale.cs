namespace Pharos.Outages;

/// <summary>How bad an event is: depth × duration × people, on two bounded scales (METHOD.md, "Severity").</summary>
public static class SeverityScale
{
    /// <summary>Hours of full loss at which the national scale stands at 50.</summary>
    private const double HalfNationalHours = 6;

    /// <summary>Severity of so many hours of full loss in a country.</summary>
    /// <param name="country">Which country.</param>
    /// <param name="areaHours">Integral of the loss, hours, 0 or more.</param>
    public static Severity Of(Country country, double areaHours) => Of(Population(country), areaHours);

    /// <summary>Severity of so many hours of full loss for so many people.</summary>
    public static Severity Of(long people, double areaHours)
    {
        var personHours = Math.Round(areaHours * people);
        return new Severity(
            Math.Round(Math.Min(10, Math.Log10(1 + personHours)), 3), Math.Round(100 * areaHours / (areaHours + HalfNationalHours), 3), personHours);
    }

    private static long Population(Country country) => country.Facts.Population;
}
