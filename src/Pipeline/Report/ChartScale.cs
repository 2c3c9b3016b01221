using System.Globalization;
using System.Text;

namespace Pharos.Pipeline;

/// <summary>Where bins and percentages lie in a strip, and the paths that follow from it. Coordinates have one decimal.</summary>
/// <param name="From">First bin shown.</param>
/// <param name="Until">First bin after the last shown.</param>
/// <param name="Left">x of the first bin.</param>
/// <param name="Right">x of the end.</param>
/// <param name="Plot">Height of a strip.</param>
/// <param name="Step">Bins drawn as one point; the lowest value of them counts, so that no dip is smoothed away.</param>
internal sealed record ChartScale(Bin From, Bin Until, int Left, int Right, int Plot, int Step)
{
    private const double Top = 125;

    /// <summary>Coordinates as texts: a report has some ten thousand of them, and formatting took most of the drawing.</summary>
    private static readonly string[] Tenths = [.. Enumerable.Range(0, (10 * Chart.Wide) + 1).Select(tenths => (tenths / 10.0).ToString("0.#", CultureInfo.InvariantCulture))];

    public int Width => Right - Left;

    public double X(Bin bin) => Left + (Width * Math.Clamp((bin - From) / (double)(Until - From), 0, 1));

    public double Y(double percent) => Plot - (Plot * Math.Clamp(percent, 0, Top) / Top);

    /// <summary>Spans without a value for more than two periods.</summary>
    public IEnumerable<(Bin From, Bin Until)> Gaps(SignalHistory history)
    {
        var period = history.Signal.Period;
        var seen = From;
        foreach (var point in Known(history))
        {
            if (point.Bin - seen >= 2 * period)
                yield return (seen, point.Bin);
            seen = point.Bin + period;
        }
        if (Until - seen >= 2 * period)
            yield return (seen, Until);
    }

    /// <summary>The values as broken lines: a gap is a break, never a fall to zero.</summary>
    public string Line(SignalHistory history)
    {
        var path = new StringBuilder();
        var (last, lastY, held) = (default(Bin?), "", default(string));
        foreach (var group in Known(history).GroupBy(point => (point.Bin - From) / Step))
        {
            var bin = From + (group.Key * Step);
            var y = Format(Y(group.Min(point => point.Percent!.Value)));
            var x = Format(X(bin));
            var joined = last is { } before && bin - before < (2 * history.Signal.Period) + Step;
            if (!joined)
                path.Append(held).Append('M').Append(x).Append(' ').Append(y).Append("h.1");
            else if (y == lastY)
                held = $"L{x} {y}";
            else
                path.Append(held).Append('L').Append(x).Append(' ').Append(y);
            if (!joined || y != lastY)
                held = null;
            (last, lastY) = (bin, y);
        }
        return path.Append(held).ToString();
    }

    /// <summary>The baseline ± 3 spreads as an area; nothing while the signal warms up.</summary>
    public string Band(SignalHistory history)
    {
        List<(string X, string High, string Low)> edges = [];
        foreach (var point in history.Points.Where(point => point.Bin >= From && point.Bin < Until && point.Expected is > 0))
        {
            // At least a pixel either side, or the band of a steady signal would not be seen.
            var half = Math.Max(300 * point.Spread, Top / Plot);
            edges.Add((Format(X(point.Bin)), Format(Y(100 + half)), Format(Y(100 - half))));
        }
        if (edges.Count < 2)
            return "";
        var corners = edges.Where((edge, index) =>
            index == 0 || index == edges.Count - 1 || edge.High != edges[index - 1].High || edge.Low != edges[index - 1].Low || edge.High != edges[index + 1].High || edge.Low != edges[index + 1].Low).ToList();
        var path = new StringBuilder("M");
        path.AppendJoin('L', corners.Select(corner => $"{corner.X} {corner.High}")).Append('L');
        path.AppendJoin('L', corners.AsEnumerable().Reverse().Select(corner => $"{corner.X} {corner.Low}"));
        return path.Append('Z').ToString();
    }

    private IEnumerable<HistoryPoint> Known(SignalHistory history) =>
        history.Points.Where(point => point.Bin >= From && point.Bin < Until && point.Percent is not null);

    private static string Format(double number) => Tenths[(int)Math.Round(10 * number)];
}
