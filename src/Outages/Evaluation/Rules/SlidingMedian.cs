namespace Pharos.Outages;

/// <summary>Median of the values of the last so many bins, kept sorted so that a new value costs a search and a move.</summary>
public sealed class SlidingMedian(int window)
{
    private readonly float[] byBin = Filled(window);
    private readonly float[] sorted = new float[window];
    private int count;
    private int at;

    /// <summary>Values within the window.</summary>
    public int Count => count;

    /// <summary>The median; NaN of nothing.</summary>
    public double Median => count == 0 ? double.NaN : count % 2 == 1 ? sorted[count / 2] : (sorted[(count / 2) - 1] + (double)sorted[count / 2]) / 2;

    /// <summary>Moves on by one bin; NaN when it holds nothing.</summary>
    public void Add(float value)
    {
        var leaving = byBin[at];
        if (!float.IsNaN(leaving))
        {
            var place = Array.BinarySearch(sorted, 0, count, leaving);
            count--;
            Array.Copy(sorted, place + 1, sorted, place, count - place);
        }
        byBin[at] = value;
        at = at + 1 == window ? 0 : at + 1;
        if (float.IsNaN(value))
            return;
        var found = Array.BinarySearch(sorted, 0, count, value);
        found = found < 0 ? ~found : found;
        Array.Copy(sorted, found, sorted, found + 1, count - found);
        sorted[found] = value;
        count++;
    }

    private static float[] Filled(int window)
    {
        var array = new float[window];
        Array.Fill(array, float.NaN);
        return array;
    }
}
