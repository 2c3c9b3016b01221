namespace Pharos.Outages;

/// <summary>An event of the past as the record tells it.</summary>
/// <param name="Event">Its id.</param>
/// <param name="Found">The event as last told.</param>
public sealed record PastEvent(string Event, FoundEvent Found)
{
    /// <summary>From its start to its end, or to a bin while it lasts.</summary>
    public TimeSpan Length(Bin now) => ((Found.End ?? Found.Dips[^1].End ?? now) - Found.Start) * Bin.Length;

    /// <summary>
    /// Distance of two events by shape: difference of depth, of the logarithm of the length (a factor of ten counts one), and a half for another class.
    /// </summary>
    public static double Distance(PastEvent one, PastEvent other, Bin now)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        return Math.Abs(one.Found.Depth - other.Found.Depth)
            + Math.Abs(Math.Log10(Math.Max(5, one.Length(now).TotalMinutes) / Math.Max(5, other.Length(now).TotalMinutes)))
            + (one.Found.Class == other.Found.Class ? 0 : 0.5);
    }
}
