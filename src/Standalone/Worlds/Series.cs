namespace Pharos.Standalone;

/// <summary>Readings of some signals of some countries over a run of bins, generated or from a dataset, as plain arrays.</summary>
public sealed class Series
{
    private readonly float[][] values;
    private readonly Dictionary<(int, int, int), int> coverage = [];

    /// <summary>Series without a reading.</summary>
    public Series(IReadOnlyList<Country> countries, IReadOnlyList<Signal> signals, Bin first, int bins)
    {
        (Countries, Signals, First, Bins) = (countries, signals, first, bins);
        values = new float[countries.Count * signals.Count][];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = new float[bins];
            Array.Fill(values[i], float.NaN);
        }
    }

    /// <summary>The countries, in the order of the arrays.</summary>
    public IReadOnlyList<Country> Countries { get; }

    /// <summary>The signals, in the order of judgement.</summary>
    public IReadOnlyList<Signal> Signals { get; }

    /// <summary>The first bin.</summary>
    public Bin First { get; }

    /// <summary>Bins in all.</summary>
    public int Bins { get; }

    /// <summary>Values of one signal of one country by bin; NaN where there is none. Changing it changes the series.</summary>
    public float[] Of(int country, int signal) => values[(country * Signals.Count) + signal];

    /// <summary>Says how many vantage points stand behind a value.</summary>
    public void Cover(int country, int signal, int bin, int vantagePoints) => coverage[(country, signal, bin)] = vantagePoints;

    /// <summary>One reading.</summary>
    public Reading At(int country, int signal, int bin)
    {
        var value = Of(country, signal)[bin];
        if (float.IsNaN(value))
            return Reading.Missing(Gap.NotCollected);
        return Reading.Of(value, coverage.Count > 0 && coverage.TryGetValue((country, signal, bin), out var known) ? known : null);
    }

    /// <summary>The readings of one country in one bin.</summary>
    public void At(int country, int bin, Span<Reading> into)
    {
        for (var signal = 0; signal < into.Length; signal++)
            into[signal] = At(country, signal, bin);
    }
}
