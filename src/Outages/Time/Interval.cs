using System.Globalization;

namespace Pharos.Outages;

/// <summary>A half-open span of time: the start belongs to it, the end does not. <c>default</c> is empty.</summary>
public readonly record struct Interval
{
    /// <summary>Makes an interval.</summary>
    /// <exception cref="ArgumentException">The end lies before the start.</exception>
    public Interval(DateTimeOffset start, DateTimeOffset end)
    {
        if (end < start)
            throw new ArgumentException($"An interval cannot end ({end:u}) before it starts ({start:u}).", nameof(end));
        Start = start.ToUniversalTime();
        End = end.ToUniversalTime();
    }

    /// <summary>Inclusive start, UTC.</summary>
    public DateTimeOffset Start { get; }

    /// <summary>Exclusive end, UTC.</summary>
    public DateTimeOffset End { get; }

    /// <summary>Length, zero or more.</summary>
    public TimeSpan Length => End - Start;

    /// <summary>The bins that start inside it, in order.</summary>
    public IEnumerable<Bin> Bins
    {
        get
        {
            var bin = Bin.Containing(Start);
            for (bin = bin.Start < Start ? bin + 1 : bin; bin.Start < End; bin += 1)
                yield return bin;
        }
    }

    /// <summary>Whether a moment lies inside.</summary>
    public bool Contains(DateTimeOffset moment) => Start <= moment && moment < End;

    /// <summary>As <c>2014-12-22T16:15:00Z/2014-12-23T01:45:00Z</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Start:yyyy-MM-dd'T'HH:mm:ss'Z'}/{End:yyyy-MM-dd'T'HH:mm:ss'Z'}");
}
