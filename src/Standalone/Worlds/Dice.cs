using System.Numerics;

namespace Pharos.Standalone;

/// <summary>
/// Chance from a seed: xoshiro256** (Blackman and Vigna 2018), filled by splitmix64. The same seed gives the same draws on every machine;
/// a branch has its own stream, so that a draw more in one place moves nothing elsewhere.
/// </summary>
public sealed class Dice
{
    private ulong s0, s1, s2, s3;
    private double spare = double.NaN;

    /// <summary>A stream of its own for a seed.</summary>
    public Dice(ulong seed)
    {
        s0 = Split(ref seed);
        s1 = Split(ref seed);
        s2 = Split(ref seed);
        s3 = Split(ref seed);
    }

    /// <summary>A stream of its own for a place within a seed.</summary>
    public Dice(ulong seed, int place, int part)
        : this(Mixed(seed, place, part))
    {
    }

    /// <summary>Uniform in [0, 1).</summary>
    public double Share() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in [from, until).</summary>
    public double Between(double from, double until) => from + ((until - from) * Share());

    /// <summary>Uniform integer in [from, until).</summary>
    public int Whole(int from, int until) => from + (int)(Share() * (until - from));

    /// <summary>Index of a share, by weights that sum to 1.</summary>
    public int Pick(ReadOnlySpan<double> weights)
    {
        var left = Share();
        for (var i = 0; i < weights.Length - 1; i++)
        {
            left -= weights[i];
            if (left < 0)
                return i;
        }
        return weights.Length - 1;
    }

    /// <summary>Standard normal, by Marsaglia's polar method.</summary>
    public double Normal()
    {
        if (!double.IsNaN(spare))
        {
            var kept = spare;
            spare = double.NaN;
            return kept;
        }
        double x, y, square;
        do
        {
            (x, y) = (Between(-1, 1), Between(-1, 1));
            square = (x * x) + (y * y);
        }
        while (square is >= 1 or 0);
        var scale = Math.Sqrt(-2 * Math.Log(square) / square);
        spare = y * scale;
        return x * scale;
    }

    /// <summary>Exponential with mean 1.</summary>
    public double Exponential() => -Math.Log(1 - Share());

    /// <summary>Lognormal with a median and the standard deviation of its logarithm.</summary>
    public double LogNormal(double median, double sigma) => median * Math.Exp(sigma * Normal());

    /// <summary>Poisson; the normal approximation above a mean of 60.</summary>
    public int Poisson(double mean)
    {
        if (mean <= 0)
            return 0;
        if (mean > 60)
            return (int)Math.Max(0, Math.Round(mean + (Math.Sqrt(mean) * Normal())));
        var limit = Math.Exp(-mean);
        var product = Share();
        var count = 0;
        while (product > limit)
        {
            product *= Share();
            count++;
        }
        return count;
    }

    /// <summary>Binomial; by gaps between successes, so that a small chance costs little.</summary>
    public int Binomial(int tries, double chance)
    {
        if (tries <= 0 || chance <= 0)
            return 0;
        if (chance >= 1)
            return tries;
        var log = Math.Log(1 - chance);
        var found = 0;
        for (var at = Gap(log); at < tries; at += 1 + Gap(log))
            found++;
        return found;
    }

    private double Gap(double log) => Math.Floor(Math.Log(1 - Share()) / log);

    private ulong Next()
    {
        var result = BitOperations.RotateLeft(s1 * 5, 7) * 9;
        var shifted = s1 << 17;
        s2 ^= s0;
        s3 ^= s1;
        s1 ^= s2;
        s0 ^= s3;
        s2 ^= shifted;
        s3 = BitOperations.RotateLeft(s3, 45);
        return result;
    }

    private static ulong Mixed(ulong seed, int place, int part)
    {
        var mixed = seed ^ ((ulong)(uint)place << 32) ^ (uint)part;
        return Split(ref mixed) ^ seed;
    }

    private static ulong Split(ref ulong state)
    {
        var mixed = state += 0x9E3779B97F4A7C15;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }
}
