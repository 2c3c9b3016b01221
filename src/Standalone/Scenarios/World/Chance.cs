namespace Pharos.Standalone;

/// <summary>
/// Repeatable chance (SplitMix64; Steele, Lea, Flood 2014). Only integer arithmetic and sums, so that every platform draws the same.
/// </summary>
internal struct Chance(ulong state)
{
    private ulong state = state;

    /// <summary>A stream of its own for each purpose, so that a new country changes no other.</summary>
    public static Chance For(ulong seed, string country, string purpose)
    {
        var hash = 14695981039346656037UL ^ seed; // FNV-1a
        foreach (var letter in country)
            hash = (hash ^ letter) * 1099511628211UL;
        foreach (var letter in purpose)
            hash = (hash ^ letter) * 1099511628211UL;
        return new Chance(Mix(hash));
    }

    /// <summary>The finaliser by itself: a hash of a number.</summary>
    public static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }

    /// <summary>64 even bits.</summary>
    public ulong Next() => Mix(state += 0x9E3779B97F4A7C15UL);

    /// <summary>At least 0, less than 1.</summary>
    public double Unit() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>At least one bound, less than the other.</summary>
    public double Between(double low, double high) => low + ((high - low) * Unit());

    /// <summary>A whole number, at least one bound, less than the other.</summary>
    public int Whole(int low, int high) => low + (int)(Next() % (ulong)(high - low));

    /// <summary>Near normal, mean 0, deviation 1, never beyond ±3.5: the sum of four even numbers.</summary>
    public double Normal()
    {
        const double Mean = 2.0, Deviation = 0.5773502691896258; // of four times U(0,1): 2 and sqrt(1/3)
        var bits = Next();
        var sum = (bits & 0xFFFF) + ((bits >> 16) & 0xFFFF) + ((bits >> 32) & 0xFFFF) + (bits >> 48);
        return ((sum / 65535.0) - Mean) / Deviation;
    }
}
