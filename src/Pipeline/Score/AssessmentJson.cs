using System.Buffers;
using System.Text.Json;

namespace Pharos.Pipeline;

/// <summary>
/// An assessment as one JSON line: <c>{"time","country","state","now","score","confidence","coverage","worsening","flags":[],"signals":[…]}</c>.
/// Numbers are rounded to what a reader can use; the same assessment gives the same bytes.
/// </summary>
public static class AssessmentJson
{
    /// <summary>Writes the line without its end.</summary>
    public static void Write(Utf8JsonWriter json, Assessment assessment)
    {
        json.WriteStartObject();
        json.WriteString("time", assessment.Bin.ToString());
        json.WriteString("country", assessment.Country.Code);
        json.WriteString("state", Word(assessment.State));
        json.WriteString("now", Word(assessment.Now));
        json.WriteNumber("score", Math.Round(assessment.Score, 2));
        json.WriteNumber("confidence", Math.Round(assessment.Confidence, 4));
        json.WriteNumber("coverage", Math.Round(assessment.Coverage, 4));
        json.WriteBoolean("worsening", assessment.Worsening.Flagged);
        json.WriteStartArray("flags");
        if (assessment.Flags.HasFlag(Flags.LeftGlobalInternet))
            json.WriteStringValue("left_global_internet");
        if (assessment.Flags.HasFlag(Flags.DarkWithRoutesUp))
            json.WriteStringValue("dark_with_routes_up");
        if (assessment.Flags.HasFlag(Flags.PlanesDisagree))
            json.WriteStringValue("planes_disagree");
        json.WriteEndArray();
        json.WriteStartArray("signals");
        foreach (var signal in assessment.Signals)
            Write(json, signal);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, SignalAssessment signal)
    {
        json.WriteStartObject();
        json.WriteString("signal", signal.Signal.Name);
        if (signal.Reading.TryValue(out var value))
        {
            json.WriteNumber("value", Math.Round(value, 4));
        }
        else
        {
            json.WriteNull("value");
            json.WriteString("gap", GapWord(signal.Reading.Gap));
        }
        if (signal.Reading.Coverage is { } coverage)
            json.WriteNumber("coverage", coverage);
        if (signal.Expected is { } expected)
            json.WriteNumber("expected", Math.Round(expected, 4));
        else
            json.WriteNull("expected");
        json.WriteNumber("spread", Math.Round(signal.Spread, 5));
        json.WriteNumber("loss", Math.Round(signal.Loss, 4));
        json.WriteNumber("evidence", Math.Round(signal.Evidence, 3));
        json.WriteNumber("weight", Math.Round(signal.Weight, 4));
        json.WriteEndObject();
    }

    /// <summary>A state in lower case.</summary>
    public static string Word(State state) => state switch
    {
        State.Unknown => "unknown",
        State.Stable => "stable",
        State.Blip => "blip",
        State.Unstable => "unstable",
        State.Worsening => "worsening",
        State.Outage => "outage",
        _ => "recovering",
    };

    /// <summary>A condition in lower case.</summary>
    public static string Word(Now now) => now switch
    {
        Now.Up => "up",
        Now.Impaired => "impaired",
        Now.Down => "down",
        _ => "unknown",
    };

    private static string GapWord(Gap gap) => gap switch
    {
        Gap.SourceUnreachable => "source unreachable",
        Gap.NotAvailable => "not available",
        Gap.NoVantagePoints => "no vantage points",
        Gap.Withdrawn => "withdrawn",
        Gap.Rejected => "rejected",
        _ => "not collected",
    };
}
