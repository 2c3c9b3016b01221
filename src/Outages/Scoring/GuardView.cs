namespace Pharos.Outages;

/// <summary>
/// What the guard looks at: all countries' readings over a run of bins, as ratios to what each country expected. In: ratios. Out: the samples of
/// a signal in a bin, each with the drop that other sources confirm.
/// </summary>
public sealed class GuardView
{
    private readonly IReadOnlyList<Signal> signals;
    private readonly IReadOnlyList<Country> countries;
    private readonly int bins;

    /// <summary>Ratio and scale by signal, bin and country; NaN where nothing came or nothing was expected.</summary>
    private readonly (float Ratio, float Scale)[] cells;

    /// <summary>Median ratio of all countries by signal and bin; NaN with too few of them; <see cref="NotFound"/> until somebody asks.</summary>
    private readonly float[] medians;

    private const float NotFound = -1;

    /// <summary>A view of so many bins in which nothing is seen yet.</summary>
    public GuardView(IReadOnlyList<Signal> signals, IReadOnlyList<Country> countries, int bins)
    {
        ArgumentNullException.ThrowIfNull(signals);
        ArgumentNullException.ThrowIfNull(countries);
        (this.signals, this.countries, this.bins) = (signals, countries, bins);
        cells = new (float, float)[signals.Count * bins * countries.Count];
        medians = new float[signals.Count * bins];
        Clear(0, bins);
    }

    /// <summary>Notes a reading as a ratio to what was expected, with its mean absolute relative deviation.</summary>
    public void Note(int country, int signal, int bin, double ratio, double scale)
    {
        cells[Cell(signal, bin) + country] = ((float)ratio, (float)scale);
        medians[(signal * bins) + bin] = NotFound;
    }

    /// <summary>Forgets all but the last bins, which become the first.</summary>
    public void KeepLast(int kept)
    {
        for (var signal = 0; signal < signals.Count; signal++)
        {
            Array.Copy(cells, Cell(signal, bins - kept), cells, Cell(signal, 0), kept * countries.Count);
            Array.Copy(medians, (signal * bins) + bins - kept, medians, signal * bins, kept);
        }
        Clear(kept, bins);
    }

    /// <summary>The samples of one signal in one bin, each with the largest drop that another source confirms in the same country.</summary>
    public void Samples(int signal, int bin, int lookBack, Method method, List<GuardSample> into)
    {
        ArgumentNullException.ThrowIfNull(into);
        ArgumentNullException.ThrowIfNull(method);
        into.Clear();
        // Confirmation is asked for drops only; most samples are none.
        var median = Median(signal, bin, method);
        var drops = (1 - method.GuardDrop) * Math.Clamp(float.IsNaN(median) ? 1 : median, method.GuardMedian, method.GuardMedianMost) * (1 + method.GuardDeadband);
        for (var country = 0; country < countries.Count; country++)
        {
            var (ratio, scale) = cells[Cell(signal, bin) + country];
            if (!float.IsNaN(ratio))
                into.Add(new GuardSample(countries[country], ratio, scale, ratio < drops ? OtherLoss(country, signal, bin, lookBack, method) : 0));
        }
    }

    /// <summary>A drop counts beyond the movement common to all countries there; a source that is ill itself confirms nothing.</summary>
    private double OtherLoss(int country, int signal, int bin, int lookBack, Method method)
    {
        var most = 0.0;
        for (var other = 0; other < signals.Count; other++)
        {
            if (signals[other].Source == signals[signal].Source)
                continue;
            for (var at = bin; at >= 0 && bin - at <= Math.Min(lookBack, 2 * signals[other].Period); at--)
            {
                var (ratio, scale) = cells[Cell(other, at) + country];
                if (float.IsNaN(ratio))
                    continue;
                var median = Median(other, at, method);
                var drop = median < method.GuardMedian ? 0 : 1 - (ratio / (float.IsNaN(median) ? 1 : Math.Min(median, method.GuardMedianMost)));
                if (drop > Math.Max(method.GuardConfirmingLoss, 5 * scale))
                    most = Math.Max(most, drop);
                break;
            }
        }
        return most;
    }

    /// <summary>The common movement of a signal in a bin.</summary>
    private float Median(int signal, int bin, Method method)
    {
        ref var median = ref medians[(signal * bins) + bin];
        if (median != NotFound)
            return median;
        Span<float> ratios = stackalloc float[Countries.All.Count];
        var found = 0;
        foreach (var (ratio, _) in cells.AsSpan(Cell(signal, bin), countries.Count))
            if (!float.IsNaN(ratio))
                ratios[found++] = ratio;
        var known = ratios[..found];
        known.Sort();
        return median = found < method.GuardCountries ? float.NaN : known[found / 2];
    }

    private void Clear(int from, int until)
    {
        for (var signal = 0; signal < signals.Count; signal++)
        {
            Array.Fill(cells, (float.NaN, float.NaN), Cell(signal, from), (until - from) * countries.Count);
            Array.Fill(medians, NotFound, (signal * bins) + from, until - from);
        }
    }

    private int Cell(int signal, int bin) => ((signal * bins) + bin) * countries.Count;
}
