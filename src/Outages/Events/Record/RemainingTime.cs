namespace Pharos.Outages;

/// <summary>How much longer losses of this length lasted elsewhere: a statement about others, not a forecast of this one.</summary>
/// <param name="Elapsed">Length from which the row of the table holds.</param>
/// <param name="Outages">National outages that lasted longer than that.</param>
/// <param name="Median">Half of them were over within this time more.</param>
/// <param name="OverWithinAnHour">Share of them that were over within one hour more.</param>
/// <param name="Bound">Nine of ten were over within this time more: split-conformal upper bound.</param>
public sealed record RemainingTime(TimeSpan Elapsed, int Outages, TimeSpan Median, double OverWithinAnHour, TimeSpan Bound)
{
    // Residual life of 862 national outages, 2016 to 2021: begin and end times of the curated list of Bischof et al., "Destination Unreachable", SIGCOMM 2023
    // (github.com/InetIntel/internet_outages), rows of country scope with both times. Bound: residual number ceil(0.9 (n + 1)) in order; left out one country
    // at a time it held for .90, .90, .90, .905, .90, .908, .905, .925, .917, .91 and .94 of the others.
    private static readonly (double Elapsed, int Count, double Median, double Within, double Bound)[] Table =
    [
        (0, 862, 2.83, .197, 11.8), (1, 692, 3.0, .267, 13.0), (2, 507, 3.25, .217, 18.2), (4, 337, 4.0, .228, 24.1), (6, 212, 4.0, .080, 43.8), (9, 119, 7.25, .160, 105.0),
        (12, 84, 10.33, .107, 152.2), (18, 53, 21.5, .019, 185.0), (24, 36, 33.62, .0, 324.7), (48, 23, 66.0, .043, 312.8), (72, 17, 79.67, .0, 447.5),
    ];

    /// <summary>The last row of the table that a length has reached; null from twice its last row on, where the list has too few to say.</summary>
    public static RemainingTime? After(TimeSpan elapsed)
    {
        if (elapsed < TimeSpan.Zero || elapsed.TotalHours >= 2 * Table[^1].Elapsed)
            return null;
        var row = Table.Last(row => row.Elapsed <= elapsed.TotalHours);
        return new RemainingTime(TimeSpan.FromHours(row.Elapsed), row.Count, TimeSpan.FromHours(row.Median), row.Within, TimeSpan.FromHours(row.Bound));
    }
}
