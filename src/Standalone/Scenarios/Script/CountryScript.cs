using System.Globalization;

namespace Pharos.Standalone;

/// <summary>What happens to one country: the words in which a story is told.</summary>
internal sealed class CountryScript(Nation nation)
{
    private const int Steps = 12;

    private readonly List<Loss> losses = [];
    private readonly List<Truth> truths = [];

    /// <summary>The country.</summary>
    public Nation Nation => nation;

    /// <summary>Everything it loses, as told.</summary>
    public IReadOnlyList<Loss> Losses => losses;

    /// <summary>What a reader should know of it.</summary>
    public IReadOnlyList<Truth> Truths => truths;

    /// <summary>Loses a share from one moment to another.</summary>
    public CountryScript Loses(double share, DateTimeOffset from, DateTimeOffset to, Planes planes = Planes.All)
    {
        losses.Add(new Loss(share, new Interval(from, to), planes));
        return this;
    }

    /// <summary>Loses a share from one moment, written <c>2014-12-22T16:15:00Z</c>, to another.</summary>
    public CountryScript Loses(double share, string from, string to, Planes planes = Planes.All) => Loses(share, Utc(from), Utc(to), planes);

    /// <summary>Loses more and more in equal steps from one moment to another, and keeps that loss until an end.</summary>
    public CountryScript Sinks(double from, double to, string start, string bottom, string until, Planes planes = Planes.All)
    {
        var (first, slope) = (Utc(start), Utc(bottom) - Utc(start));
        for (var step = 0; step <= Steps; step++)
            Loses(from + ((to - from) * step / Steps), first + (slope * step / Steps), Utc(until), planes);
        return this;
    }

    /// <summary>Loses a share at a moment and gets it back in equal steps from another moment to an end.</summary>
    public CountryScript Rises(double share, string lost, string from, string end, Planes planes = Planes.All)
    {
        var (first, slope) = (Utc(from), Utc(end) - Utc(from));
        for (var step = 0; step < Steps; step++)
            Loses(share * (Steps - step) / Steps, Utc(lost), first + (slope * (step + 1) / Steps), planes);
        return this;
    }

    /// <summary>States what happens and who published it.</summary>
    public CountryScript Is(TruthClass kind, DateTimeOffset from, DateTimeOffset to, string source)
    {
        truths.Add(new Truth(nation.Country, new Interval(from, to), kind, source));
        return this;
    }

    /// <summary>States what happens and who published it.</summary>
    public CountryScript Is(TruthClass kind, string from, string to, string source) => Is(kind, Utc(from), Utc(to), source);

    /// <summary>Reads <c>2014-12-22T16:15:00Z</c>.</summary>
    public static DateTimeOffset Utc(string text) =>
        DateTimeOffset.ParseExact(text, "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
