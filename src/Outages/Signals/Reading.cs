namespace Pharos.Outages;

/// <summary>Why a bin has no value. Missing is not zero.</summary>
public enum Gap : byte
{
    /// <summary>Nothing was collected for this bin.</summary>
    NotCollected = 0,

    /// <summary>The source did not answer, or answered with an error.</summary>
    SourceUnreachable = 1,

    /// <summary>The source answered that it has no figure (null, −1, an empty list).</summary>
    NotAvailable = 2,

    /// <summary>No vantage point stood behind the bin.</summary>
    NoVantagePoints = 3,

    /// <summary>The guard withdrew the signal: the source itself looks ill.</summary>
    Withdrawn = 4,

    /// <summary>The record could not be read.</summary>
    Rejected = 5,
}

/// <summary>
/// The value of a signal in a bin, or the reason there is none. <c>default</c> is a gap, <see cref="Gap.NotCollected"/>, never zero.
/// </summary>
public readonly record struct Reading
{
    private readonly double value;
    private readonly bool present;

    private Reading(double value, int? coverage, Gap gap, bool present)
    {
        this.value = value;
        this.present = present;
        Coverage = coverage;
        Gap = gap;
    }

    /// <summary>Vantage points behind the value (probes, peers, networks), zero or more; null where the source does not tell.</summary>
    public int? Coverage { get; }

    /// <summary>Why there is no value; meaningless when there is one.</summary>
    public Gap Gap { get; }

    /// <summary>A value, finite and not negative, in the signal's unit.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite, or the coverage negative.</exception>
    public static Reading Of(double value, int? coverage = null)
    {
        if (!double.IsFinite(value) || value < 0)
            throw new ArgumentOutOfRangeException(nameof(value), value, "A reading is finite and not negative.");
        if (coverage < 0)
            throw new ArgumentOutOfRangeException(nameof(coverage), coverage, "Coverage counts vantage points; it is not negative.");
        return new Reading(value, coverage, default, present: true);
    }

    /// <summary>No value, with its reason.</summary>
    public static Reading Missing(Gap gap) => new(0, null, gap, present: false);

    /// <summary>The only way to the number.</summary>
    public bool TryValue(out double number)
    {
        number = present ? value : double.NaN;
        return present;
    }
}

/// <summary>A reading with its place: which country, which signal, which bin.</summary>
public readonly record struct SignalReading(Country Country, Signal Signal, Bin Bin, Reading Reading);

/// <summary>A record that could not be read: counted, kept, never guessed.</summary>
/// <param name="Reason">What was wrong, in words that name the field.</param>
/// <param name="Excerpt">The start of the record as it came, at most 200 characters.</param>
public sealed record Reject(string Reason, string Excerpt);

/// <summary>What a source's parser makes of one answer.</summary>
public sealed record Parsed(IReadOnlyList<SignalReading> Readings, IReadOnlyList<Reject> Rejects);
