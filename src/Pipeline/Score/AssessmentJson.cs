using System.Text.Json;

namespace Pharos.Pipeline;

/// <summary>
/// An assessment as one JSON line: <c>{"time","country","state","now","score","confidence","coverage","worsening","flags":[],"planes":[…],"signals":[…]}</c>;
/// planes are weight and loss of routes, paths and users.
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
        json.WriteNumber("evidence", Math.Round(assessment.Evidence, 3));
        json.WriteBoolean("worsening", assessment.Worsening.Flagged);
        if (assessment.Worsening != Worsening.None)
            Write(json, assessment.Worsening);
        json.WriteStartArray("flags");
        if (assessment.Flags.HasFlag(Flags.LeftGlobalInternet))
            json.WriteStringValue("left_global_internet");
        if (assessment.Flags.HasFlag(Flags.DarkWithRoutesUp))
            json.WriteStringValue("dark_with_routes_up");
        if (assessment.Flags.HasFlag(Flags.PlanesDisagree))
            json.WriteStringValue("planes_disagree");
        json.WriteEndArray();
        json.WriteStartArray("planes");
        foreach (var number in (ReadOnlySpan<double>)[assessment.Planes.RoutesWeight, assessment.Planes.RoutesLoss, assessment.Planes.PathsWeight,
            assessment.Planes.PathsLoss, assessment.Planes.UsersWeight, assessment.Planes.UsersLoss])
            json.WriteNumberValue(Math.Round(number, 4));
        json.WriteEndArray();
        json.WriteStartArray("signals");
        foreach (var signal in assessment.Signals)
            Write(json, signal);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Worsening trend)
    {
        json.WriteStartObject("trend");
        json.WriteNumber("area_z", Math.Round(trend.AreaZ, 3));
        if (trend is { FrequencyZ: { } frequency, DurationZ: { } duration })
        {
            json.WriteNumber("frequency_z", Math.Round(frequency, 3));
            json.WriteNumber("duration_z", Math.Round(duration, 3));
        }
        json.WriteNumber("points_per_hour", Math.Round(trend.PointsPerHour, 3));
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

    /// <summary>Reads a line back, to the digits it was written with.</summary>
    /// <param name="line">One line.</param>
    /// <param name="signals">The signals it may name; others are left out.</param>
    public static Assessment Read(ReadOnlyMemory<byte> line, IReadOnlyList<Signal> signals)
    {
        using var document = JsonDocument.Parse(line);
        var json = document.RootElement;
        var flags = json.GetProperty("flags").EnumerateArray().Aggregate(Flags.None, (sum, flag) => sum | FlagOf(flag.GetString()));
        var trend = json.TryGetProperty("trend", out var written) ? TrendOf(written, json.GetProperty("worsening").GetBoolean()) : Worsening.None;
        var found = new List<SignalAssessment>();
        foreach (var signal in json.GetProperty("signals").EnumerateArray())
            if (signals.FirstOrDefault(known => signal.GetProperty("signal").ValueEquals(known.Name)) is { } known)
                found.Add(SignalOf(signal, known));
        return new Assessment(
            Country.Parse(json.GetProperty("country").GetString()!), Bin.Parse(json.GetProperty("time").GetString()!),
            Enum.Parse<State>(json.GetProperty("state").GetString()!, ignoreCase: true), Enum.Parse<Now>(json.GetProperty("now").GetString()!, ignoreCase: true),
            Number(json, "score"), Number(json, "confidence"), Number(json, "coverage"), Number(json, "evidence"), trend, flags, found)
        {
            Planes = json.TryGetProperty("planes", out var planes) ? PlanesOf(planes) : default,
        };
    }

    private static PlaneNumbers PlanesOf(JsonElement json) => new(
        json[0].GetDouble(), json[1].GetDouble(), json[2].GetDouble(), json[3].GetDouble(), json[4].GetDouble(), json[5].GetDouble());

    private static Worsening TrendOf(JsonElement json, bool flagged) => new(
        flagged, Number(json, "area_z"), json.TryGetProperty("frequency_z", out var frequency) ? frequency.GetDouble() : null,
        json.TryGetProperty("duration_z", out var duration) ? duration.GetDouble() : null, Number(json, "points_per_hour"));

    private static SignalAssessment SignalOf(JsonElement json, Signal signal)
    {
        int? coverage = json.TryGetProperty("coverage", out var counted) ? counted.GetInt32() : null;
        var value = json.GetProperty("value");
        var expected = json.GetProperty("expected");
        var reading = value.ValueKind == JsonValueKind.Number
            ? Reading.Of(value.GetDouble(), coverage)
            : Reading.Missing(Enum.GetValues<Gap>().First(gap => json.GetProperty("gap").ValueEquals(GapWord(gap))));
        return new SignalAssessment(
            signal, reading, expected.ValueKind == JsonValueKind.Number ? expected.GetDouble() : null,
            Number(json, "spread"), Number(json, "loss"), Number(json, "evidence"), Number(json, "weight"));
    }

    private static double Number(JsonElement json, string name) => json.GetProperty(name).GetDouble();

    private static Flags FlagOf(string? word) => word switch
    {
        "left_global_internet" => Flags.LeftGlobalInternet,
        "dark_with_routes_up" => Flags.DarkWithRoutesUp,
        "planes_disagree" => Flags.PlanesDisagree,
        _ => Flags.None,
    };
}
