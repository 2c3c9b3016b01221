using System.Globalization;
using System.Net;
using System.Text;

namespace Pharos.Pipeline;

/// <summary>
/// The last 72 hours as an SVG that stands alone: one strip per signal in percent of expected, the usual band behind it, the event shaded,
/// hatching where nobody looked. What the colours say, the texts say too.
/// </summary>
public static class Chart
{
    /// <summary>Width for a page on a screen or on paper, pixels.</summary>
    public const int Wide = 760;

    /// <summary>Width for a telephone, pixels.</summary>
    public const int Narrow = 340;

    private const int Left = 46, Label = 20, Plot = 54, Between = 14, Axis = 36;

    /// <summary>Draws the history of the facts for one width.</summary>
    public static string Draw(ReportFacts facts, int width)
    {
        var wide = width >= 600;
        var label = wide ? Label : 2 * Label - 4;
        var scale = new ChartScale(facts.Assessment.Bin + 1 - (ReportFacts.HistoryHours * Bin.PerHour), facts.Assessment.Bin + 1, Left, width - 1, Plot, wide ? 2 : 5);
        var strips = facts.Background.History;
        var height = (strips.Count * (label + Plot + Between)) + Axis;
        var id = Text($"c{facts.Revision.Event}-{facts.Revision.Number}-{width}");
        var svg = new StringBuilder(48_000);
        svg.Append(Text($"<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart\" role=\"img\" aria-labelledby=\"{id}-t {id}-d\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\">"));
        svg.Append(Text($"<title id=\"{id}-t\">{Escape(facts.Place.Name)}: the last 72 hours, percent of expected per signal</title>"));
        svg.Append(Text($"<desc id=\"{id}-d\">{Escape(Description(facts))}</desc>"));
        svg.Append(Style(id));
        for (var index = 0; index < strips.Count; index++)
        {
            var top = (index * (label + Plot + Between)) + label;
            var signal = facts.Signals.FirstOrDefault(one => one.Signal == strips[index].Signal);
            Labels(svg, strips[index].Signal, signal, top, width, wide);
            svg.Append(Text($"<g transform=\"translate(0 {top})\">"));
            Strip(svg, facts, strips[index], scale, id);
            svg.Append("</g>");
        }
        Times(svg, scale, height - Axis, wide);
        return svg.Append("</svg>").ToString();
    }

    /// <summary>What the chart shows, in words.</summary>
    public static string Description(ReportFacts facts)
    {
        var shown = facts.Background.History.Select(history => facts.Signals.FirstOrDefault(signal => signal.Signal == history.Signal) is { } signal
            ? $"{signal.Signal.Name}: {InWords(signal)}"
            : $"{history.Signal.Name}: not judged");
        return $"Up to {Moments.Utc(facts.AsOf)}. {string.Join(". ", shown)}. The event began on {Moments.Utc(facts.Found.Start.Start)}; {Wording.Ongoing(facts)}.";
    }

    private static string InWords(SignalEvidence signal) => signal.Percent is { } percent
        ? $"{Amounts.Number(Math.Round(percent))} % of expected, {signal.Status}"
        : $"{signal.Status}{(signal.Value is null ? $" ({States.Word(signal.Found.Reading.Gap)})" : "")}";

    private static void Labels(StringBuilder svg, Signal signal, SignalEvidence? evidence, int top, int width, bool wide)
    {
        var state = evidence is null ? "not judged" : InWords(evidence);
        var name = $"<tspan class=\"n\">{Escape(signal.Name)}</tspan>";
        if (wide)
        {
            svg.Append(Text($"<text x=\"{Left}\" y=\"{top - 6}\">{name} <tspan class=\"q\">{Escape(signal.Unit)}</tspan></text>"));
            svg.Append(Text($"<text x=\"{width - 1}\" y=\"{top - 6}\" text-anchor=\"end\">{Escape(state)}</text>"));
        }
        else
        {
            svg.Append(Text($"<text x=\"{Left}\" y=\"{top - 21}\">{name}</text>"));
            svg.Append(Text($"<text x=\"{Left}\" y=\"{top - 6}\">{Escape(state)}</text>"));
        }
    }

    private static void Strip(StringBuilder svg, ReportFacts facts, SignalHistory history, ChartScale scale, string id)
    {
        svg.Append(Text($"<rect class=\"g\" x=\"{Left}\" y=\"0\" width=\"{scale.Width}\" height=\"{Plot}\"/>"));
        if (facts.Revision.Change != Change.Retracted)
        {
            Shade(svg, scale, facts.Found.Start, facts.Found.End ?? scale.Until, "e");
            foreach (var dip in facts.Found.Dips)
                Shade(svg, scale, dip.Start, dip.End ?? facts.Found.End ?? scale.Until, "d");
        }
        foreach (var (from, until) in scale.Gaps(history))
            svg.Append(Text($"<rect class=\"h\" fill=\"url(#{id}-h)\" x=\"{scale.X(from):0.#}\" y=\"0\" width=\"{scale.X(until) - scale.X(from):0.#}\" height=\"{Plot}\"/>"));
        if (scale.Band(history) is { Length: > 0 } band)
            svg.Append(Text($"<path class=\"b\" d=\"{band}\"/>"));
        svg.Append(Text($"<path class=\"r\" d=\"M{Left} {scale.Y(100):0.#}H{Left + scale.Width}\"/><path class=\"z\" d=\"M{Left} {Plot}H{Left + scale.Width}\"/>"));
        if (scale.Line(history) is { Length: > 0 } line)
            svg.Append(Text($"<path class=\"l\" d=\"{line}\"/>"));
        svg.Append(Text($"<text class=\"q\" x=\"{Left - 5}\" y=\"{scale.Y(100) + 4:0.#}\" text-anchor=\"end\">100 %</text><text class=\"q\" x=\"{Left - 5}\" y=\"{Plot + 1}\" text-anchor=\"end\">0</text>"));
    }

    private static void Shade(StringBuilder svg, ChartScale scale, Bin from, Bin until, string kind)
    {
        var (left, right) = (scale.X(from), scale.X(until));
        if (right > left)
            svg.Append(Text($"<rect class=\"{kind}\" x=\"{left:0.#}\" y=\"0\" width=\"{Math.Max(right - left, 1):0.#}\" height=\"{Plot}\"/>"));
    }

    private static void Times(StringBuilder svg, ChartScale scale, int top, bool wide)
    {
        var step = (wide ? 6 : 12) * Bin.PerHour;
        for (var bin = new Bin(((scale.From.Number + step - 1) / step) * step); bin < scale.Until; bin += step)
        {
            var x = scale.X(bin);
            var midnight = bin.OfDay == 0;
            svg.Append(Text($"<path class=\"{(midnight ? "m" : "t")}\" d=\"M{x:0.#} {(midnight ? 0 : top - Between)}V{top - Between + 5}\"/>"));
            if (x > Left + 12 && x < Left + scale.Width - 18)
                svg.Append(Text($"<text class=\"q\" x=\"{x:0.#}\" y=\"{top + 5}\" text-anchor=\"middle\">{bin.Start:HH:mm}</text>"));
            if (midnight && x < Left + scale.Width - 34)
                svg.Append(Text($"<text x=\"{x:0.#}\" y=\"{top + 21}\" text-anchor=\"middle\">{bin.Start:ddd d MMM}</text>"));
        }
        svg.Append(Text($"<text class=\"q\" x=\"0\" y=\"{top + 21}\">UTC</text>"));
    }

    private static string Style(string id) => Text($$$"""
        <style>.chart{color:#1c2430;background:transparent;font:12px system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;--line:#0b5cad;--event:#b3400b}
        @media (prefers-color-scheme:dark){.chart{color:#e6eaf0;--line:#7cc4ff;--event:#ff9a62}}
        @media print{.chart{color:#000;--line:#000;--event:#666}}
        .chart text{fill:currentColor}.chart .n{font-weight:600}.chart .q{opacity:.75}.chart .g{fill:currentColor;opacity:.035}.chart .b{fill:currentColor;opacity:.16}
        .chart .e{fill:var(--event);opacity:.1}.chart .d{fill:var(--event);opacity:.22}.chart .l{fill:none;stroke:var(--line);stroke-width:1.6;stroke-linejoin:round}
        .chart .r{stroke:currentColor;opacity:.45;stroke-dasharray:2 3}.chart .z{stroke:currentColor;opacity:.6}.chart .m{stroke:currentColor;opacity:.3}.chart .t{stroke:currentColor;opacity:.6}</style>
        <defs><pattern id="{{{id}}}-h" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0V7" stroke="currentColor" stroke-width="2" opacity=".4"/></pattern></defs>
        """);

    private static string Escape(string text) => WebUtility.HtmlEncode(Clean.Line(text));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
