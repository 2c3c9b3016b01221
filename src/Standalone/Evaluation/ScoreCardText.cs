using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pharos.Standalone;

/// <summary>An evaluation as Markdown for people and as JSON for programs.</summary>
public static class ScoreCardText
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    /// <summary>As JSON: the score cards with every figure.</summary>
    public static string AsJson(Evaluation evaluation) =>
        JsonSerializer.Serialize(new { evaluation.Name, evaluation.Method, evaluation.Events, evaluation.Cards }, Json);

    /// <summary>As Markdown: the detectors side by side, then Pharos in detail.</summary>
    public static string AsMarkdown(Evaluation evaluation)
    {
        var text = new StringBuilder();
        Add(text, $"## {evaluation.Name}");
        Add(text, $"");
        Add(text, $"Method {evaluation.Method}, {evaluation.Events} events, {evaluation.Cards[0].CountryYears:F1} country-years.");
        Add(text, $"");
        Add(text, $"| detector | false / country-year (95 %) | precision | recall, major | F1 | delay median / p90 / p95, min |");
        Add(text, $"|---|---|---|---|---|---|");
        foreach (var card in evaluation.Cards)
            Add(text, $"| {card.Detector} | {card.FalsePerCountryYear:F3} ({card.FalseLow:F2}–{card.FalseHigh:F2}) | {card.Precision:F3} | {card.Recall:F3} | {card.F1:F3} | {Span(card.Delay)} |");
        Detail(text, evaluation.Cards[0]);
        return text.ToString();
    }

    private static void Detail(StringBuilder text, ScoreCard card)
    {
        Add(text, $"");
        if (card.WallDelay is { } wall)
            Add(text, $"- With the sources' lags, wall time: {Span(wall)} min (median / p90 / p95).");
        if (card.Worsening is { Deteriorations: > 0 } worsening)
            Add(text, $"- Worsening said before the total loss: {worsening.SaidBefore:P1} of {worsening.Deteriorations}, median lead {worsening.LeadHours:F1} h; said falsely: {worsening.SaidFalsely:P1} of {worsening.Steady} steady instabilities.");
        if (card.Classes is { } classes)
            Add(text, $"- Class right: {classes.Accuracy:P1} of {classes.Events}: {string.Join(", ", classes.Cells.Select(cell => $"{Word(cell.True)} → {Word(cell.Called)} {cell.Events}"))}.");
        if (card.Confidence is { } confidence)
            Add(text, $"- Confidence: Brier {confidence.Brier:F4}, calibration error {confidence.Error:F4}: {string.Join(", ", confidence.Bins.Select(bin => Invariant($"{bin.Stated:F3} said, {bin.Observed:F3} seen ({bin.Events})")))}.");
        if (card.States is { } states)
            Add(text, $"- States, balanced: {states.Balanced:P1} of bins right; {string.Join(", ", states.Cells.GroupBy(cell => cell.True).Select(Row))}.");
        Add(text, $"");
        Add(text, $"| class | events | recall | delay median / p90 / p95, min |");
        Add(text, $"|---|---|---|---|");
        foreach (var row in card.ByClass)
            Add(text, $"| {Word(row.Class)} | {row.Events} | {row.Recall:F3} | {Span(row.Delay)} |");
        Add(text, $"");
        Add(text, $"| size of country | major events | recall |");
        Add(text, $"|---|---|---|");
        foreach (var row in card.BySize)
            Add(text, $"| {row.Size} | {row.Events} | {row.Recall:F3} |");
    }

    private static string Row(IGrouping<State, StateConfusion.Cell> row)
    {
        var all = row.Sum(cell => cell.Bins);
        return $"{Word(row.Key)}: {string.Join(" ", row.Where(cell => cell.Bins >= 0.02 * all || cell.True == cell.Given).Select(cell => Invariant($"{Word(cell.Given)} {cell.Bins / (double)all:F2}")))}";
    }

    private static string Span(Delay delay) => Invariant($"{delay.Median:F0} / {delay.P90:F0} / {delay.P95:F0}");

    private static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static void Add(StringBuilder text, FormattableString line) => text.AppendLine(Invariant(line));
}
