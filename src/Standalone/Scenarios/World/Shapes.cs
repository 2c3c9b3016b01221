namespace Pharos.Standalone;

/// <summary>
/// The shapes calm series are made of. Cosine and exponential are polynomials here: a library's may differ in its last bit by platform.
/// </summary>
internal static class Shapes
{
    /// <summary>1 in the evening, 1 − amplitude twelve hours from it.</summary>
    public static double Daily(double amplitude, int bin, int utcOffset)
    {
        const double Evening = 0.85; // of the local day, 20:24
        var day = (bin / (double)Bin.PerDay) + (utcOffset / 24.0) - Evening;
        return 1 - (amplitude * (0.5 - (0.5 * Cosine(day - Math.Floor(day)))));
    }

    /// <summary>1 on weekdays, less at the weekend.</summary>
    public static double Weekly(double amplitude, int bin)
    {
        var weekday = ((bin / Bin.PerDay) + 4) % 7; // day 0 was a Thursday; 0 = Sunday
        return weekday is 0 or 6 ? 1 - amplitude : 1;
    }

    /// <summary>Autocorrelated noise, mean 0: each value keeps a part of the one before.</summary>
    public static double[] Noise(int length, double keep, double deviation, ref Chance chance)
    {
        var noise = new double[length];
        var fresh = deviation * Math.Sqrt(1 - (keep * keep));
        var last = 0.0;
        for (var i = 0; i < length; i++)
            noise[i] = last = (keep * last) + (fresh * chance.Normal());
        return noise;
    }

    /// <summary>The same, but a value stands until something changes, as routing tables do.</summary>
    public static double[] HeldNoise(int length, double changes, double deviation, ref Chance chance)
    {
        var noise = new double[length];
        var last = 0.0;
        for (var i = 0; i < length; i++)
        {
            if (chance.Unit() < changes)
                last = (0.8 * last) + (0.6 * deviation * chance.Normal());
            noise[i] = last;
        }

        return noise;
    }

    /// <summary>Short spells of a factor, so many a day on average; 1 elsewhere.</summary>
    public static double[] Spells(int length, double perDay, int longest, double low, double high, ref Chance chance)
    {
        var factor = new double[length];
        Array.Fill(factor, 1.0);
        for (var i = 0; i < length; i++)
        {
            if (chance.Unit() * Bin.PerDay >= perDay)
                continue;
            var size = chance.Between(low, high);
            for (var end = Math.Min(length, i + chance.Whole(1, longest + 1)); i < end; i++)
                factor[i] = size;
        }

        return factor;
    }

    /// <summary>Renumberings: now and then the level steps up or down by 1 to 2 % and stays.</summary>
    public static double[] Steps(int length, double perMonth, ref Chance chance)
    {
        var level = new double[length];
        var last = 1.0;
        for (var i = 0; i < length; i++)
        {
            if (chance.Unit() * Bin.PerDay * 30 < perMonth)
                last *= 1 + (chance.Between(0.01, 0.02) * (chance.Unit() < 0.5 ? -1 : 1));
            level[i] = last;
        }

        return level;
    }

    /// <summary>About e to the x for x between −2 and 2, never negative.</summary>
    public static double Exponential(double x)
    {
        var y = Math.Max(0, 1 + (x / 16));
        y *= y;
        y *= y;
        y *= y;
        return y * y;
    }

    /// <summary>To the next whole number, not below zero.</summary>
    public static int Whole(double x) => x <= 0 ? 0 : (int)Math.Floor(x + 0.5);

    // cos(2πp) for p from 0 to 1, by parabolas.
    private static double Cosine(double turn)
    {
        var p = turn - 0.25;
        p = p < 0 ? p + 1 : p;                // now −sin(2πp) is wanted, p from 0 to 1
        return p < 0.5 ? -16 * p * (0.5 - p) : 16 * (p - 0.5) * (1 - p);
    }
}
