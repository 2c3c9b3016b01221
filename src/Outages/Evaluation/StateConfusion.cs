namespace Pharos.Outages;

/// <summary>States given against states true, bin by bin.</summary>
/// <param name="Balanced">Mean over the true states of the share of their bins that was given that state.</param>
/// <param name="Cells">How many bins of each true state were given which.</param>
public sealed record StateConfusion(double Balanced, IReadOnlyList<StateConfusion.Cell> Cells)
{
    /// <summary>How many bins of a true state were given a state.</summary>
    /// <param name="True">The true state.</param>
    /// <param name="Given">The state given.</param>
    /// <param name="Bins">How many bins.</param>
    public sealed record Cell(State True, State Given, int Bins);

    /// <summary>Counts bins: one entry per bin and country.</summary>
    public static StateConfusion Of(IEnumerable<(State True, State Given)> bins)
    {
        var counts = new int[7, 7];
        foreach (var (known, given) in bins)
            counts[(int)known, (int)given]++;
        return Of(counts);
    }

    /// <summary>Several countings as one.</summary>
    public static StateConfusion Together(IEnumerable<StateConfusion> parts)
    {
        var counts = new int[7, 7];
        foreach (var cell in parts.SelectMany(part => part.Cells))
            counts[(int)cell.True, (int)cell.Given] += cell.Bins;
        return Of(counts);
    }

    private static StateConfusion Of(int[,] counts)
    {
        var cells = new List<Cell>();
        var shares = new List<double>();
        for (var known = 0; known < 7; known++)
        {
            var total = Enumerable.Range(0, 7).Sum(given => counts[known, given]);
            if (total == 0)
                continue;
            shares.Add(counts[known, known] / (double)total);
            cells.AddRange(Enumerable.Range(0, 7).Where(given => counts[known, given] > 0).Select(given => new Cell((State)known, (State)given, counts[known, given])));
        }
        return new(shares.Count == 0 ? double.NaN : shares.Average(), cells);
    }
}
