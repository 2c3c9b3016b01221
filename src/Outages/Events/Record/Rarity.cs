namespace Pharos.Outages;

/// <summary>How rare what is seen is, given how often it happens in a country.</summary>
public static class Rarity
{
    /// <summary>Weight of what is usual in the world, in blips.</summary>
    private const double PriorBlips = 2;

    /// <summary>Smallest rate taken for the world's median, blips per day: one in sixty days. With none at all nothing could ever be compared.</summary>
    public const double LeastPerDay = 1 / 60.0;

    /// <summary>Probability and count from which something is called unusual.</summary>
    public const double Unusual = 1e-3;

    /// <summary>Fewest drops that are called unusual.</summary>
    public const int FewestUnusual = 3;

    /// <summary>
    /// Blips per day of a country, drawn towards the world's median by the size of its record (Gamma-Poisson): (a + k) / (a / world + days), a = 2.
    /// </summary>
    public static double PerDay(int blips, double days, double worldPerDay) =>
        Math.Round((PriorBlips + blips) / ((PriorBlips / Math.Max(worldPerDay, LeastPerDay)) + Math.Max(0, days)), 9);

    /// <summary>P(Poisson(mean) ≥ count).</summary>
    public static double AtLeast(int count, double mean)
    {
        if (count <= 0 || mean <= 0)
            return count <= 0 ? 1 : 0;
        // The tail is summed directly: 1 minus the head loses all digits where it matters.
        var term = Math.Exp(-mean);
        for (var i = 1; i <= count; i++)
            term *= mean / i;
        var sum = 0.0;
        for (var i = count + 1; term > sum * 1e-15 || i <= mean; i++)
        {
            sum += term;
            term *= mean / i;
        }
        return Math.Clamp(sum, 0, 1);
    }

    /// <summary>Whether so many drops are unusual.</summary>
    public static bool IsUnusual(int drops, double surprise) => drops >= FewestUnusual && surprise < Unusual;
}
