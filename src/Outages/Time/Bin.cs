using System.Globalization;

namespace Pharos.Outages;

/// <summary>
/// An aligned 5-minute step of UTC: the unit in which countries are judged. <c>default</c> is the bin that starts at 1970-01-01T00:00Z.
/// </summary>
/// <param name="Number">Count of 5-minute steps since 1970-01-01T00:00Z.</param>
public readonly record struct Bin(int Number) : IComparable<Bin>
{
    /// <summary>Length of a bin, 5 minutes.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromMinutes(5);

    /// <summary>Bins in an hour.</summary>
    public const int PerHour = 12;

    /// <summary>Bins in a day.</summary>
    public const int PerDay = 288;

    /// <summary>Inclusive start, UTC.</summary>
    public DateTimeOffset Start => DateTimeOffset.FromUnixTimeSeconds(Number * 300L);

    /// <summary>Exclusive end, UTC.</summary>
    public DateTimeOffset End => (this + 1).Start;

    /// <summary>Whole hours since 1970-01-01T00:00Z.</summary>
    public int Hour => (int)Math.Floor(Number / (double)PerHour);

    /// <summary>UTC date that contains the bin.</summary>
    public DateOnly Day => DateOnly.FromDateTime(Start.UtcDateTime);

    /// <summary>Index within its UTC day, 0 to 287.</summary>
    public int OfDay => ((Number % PerDay) + PerDay) % PerDay;

    /// <summary>The bin that contains a moment.</summary>
    public static Bin Containing(DateTimeOffset moment) => new((int)Math.Floor(moment.ToUnixTimeSeconds() / 300.0));

    /// <summary>The first bin of a UTC date.</summary>
    public static Bin FirstOf(DateOnly day) => Containing(new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero));

    /// <summary>Reads <c>2014-12-22T16:15:00Z</c>.</summary>
    /// <exception cref="FormatException">The text is no time, or not the start of a bin.</exception>
    public static Bin Parse(string text)
    {
        var moment = DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
        var bin = Containing(moment);
        return bin.Start == moment ? bin : throw new FormatException($"'{text}' is not the start of a 5-minute bin.");
    }

    /// <summary>The bin so many steps later.</summary>
    public static Bin operator +(Bin bin, int steps) => new(bin.Number + steps);

    /// <summary>The bin so many steps earlier.</summary>
    public static Bin operator -(Bin bin, int steps) => new(bin.Number - steps);

    /// <summary>Steps from one bin to another.</summary>
    public static int operator -(Bin later, Bin earlier) => later.Number - earlier.Number;

    /// <inheritdoc/>
    public int CompareTo(Bin other) => Number.CompareTo(other.Number);

    /// <summary>Whether the left bin is earlier.</summary>
    public static bool operator <(Bin left, Bin right) => left.Number < right.Number;

    /// <summary>Whether the left bin is later.</summary>
    public static bool operator >(Bin left, Bin right) => left.Number > right.Number;

    /// <summary>Whether the left bin is not later.</summary>
    public static bool operator <=(Bin left, Bin right) => left.Number <= right.Number;

    /// <summary>Whether the left bin is not earlier.</summary>
    public static bool operator >=(Bin left, Bin right) => left.Number >= right.Number;

    /// <summary>Its start as <c>2014-12-22T16:15:00Z</c>.</summary>
    public override string ToString() => Start.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
