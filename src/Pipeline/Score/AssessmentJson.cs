using System.Text.Json;

namespace Pharos.Pipeline;

/// <summary>
/// An assessment as one JSON line: <c>{"time","country","state","now","score","confidence","coverage","worsening","flags":[],"planes":[…],"signals":[…]}</c>;
/// planes are weight and loss of routes, paths and users.
/// Numbers are rounded to what a reader can use; the same assessment gives the same bytes.
/// </summary>
public static class AssessmentJson
{
    /// <summary>The line without its end.</summary>
    internal static byte[] Line(Assessment assessment)
    {
        var bytes = new System.Buffers.ArrayBufferWriter<byte>(1024);
        Write(new AsciiLine(bytes), assessment);
        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>Writes the line without its end.</summary>
    internal static void Write(AsciiLine line, Assessment assessment)
    {
        line.Add("{\"time\":\"").Add(assessment.Bin).Add("\",\"country\":\"").Add(assessment.Country.Code);
        line.Add("\",\"state\":\"").Add(Word(assessment.State)).Add("\",\"now\":\"").Add(Word(assessment.Now));
        line.Add("\",\"score\":").Add(assessment.Score, 2).Add(",\"confidence\":").Add(assessment.Confidence, 4);
        line.Add(",\"coverage\":").Add(assessment.Coverage, 4).Add(",\"evidence\":").Add(assessment.Evidence, 2);
        line.Add(assessment.Worsening.Flagged ? ",\"worsening\":true" : ",\"worsening\":false");
        if (assessment.Worsening != Worsening.None)
            Write(line, assessment.Worsening);
        Write(line, assessment.Flags);
        Write(line, assessment.Planes);
        line.Add(",\"signals\":[");
        for (var i = 0; i < assessment.Signals.Count; i++)
        {
            if (i > 0)
                line.Add(",");
            Write(line, assessment.Signals[i]);
        }
        line.Add("]}");
        line.End();
    }

    private static void Write(AsciiLine line, Flags flags)
    {
        line.Add(",\"flags\":[");
        var comma = "";
        foreach (var flag in (ReadOnlySpan<Flags>)[Flags.LeftGlobalInternet, Flags.DarkWithRoutesUp, Flags.PlanesDisagree])
        {
            if ((flags & flag) == 0)
                continue;
            line.Add(comma).Add("\"").Add(Word(flag)).Add("\"");
            comma = ",";
        }
        line.Add("]");
    }

    private static void Write(AsciiLine line, in PlaneNumbers planes)
    {
        line.Add(",\"planes\":[").Add(planes.RoutesWeight, 4).Add(",").Add(planes.RoutesLoss, 4).Add(",").Add(planes.PathsWeight, 4);
        line.Add(",").Add(planes.PathsLoss, 4).Add(",").Add(planes.UsersWeight, 4).Add(",").Add(planes.UsersLoss, 4).Add("]");
    }

    private static void Write(AsciiLine line, Worsening trend)
    {
        line.Add(",\"trend\":{\"area_z\":").Add(trend.AreaZ, 3);
        if (trend is { FrequencyZ: { } frequency, DurationZ: { } duration })
            line.Add(",\"frequency_z\":").Add(frequency, 3).Add(",\"duration_z\":").Add(duration, 3);
        line.Add(",\"points_per_hour\":").Add(trend.PointsPerHour, 3).Add("}");
    }

    private static void Write(AsciiLine line, SignalAssessment signal)
    {
        line.Add("{\"signal\":\"").Add(signal.Signal.Name);
        if (signal.Reading.TryValue(out var value))
            line.Add("\",\"value\":").Add(value, 4);
        else
            line.Add("\",\"value\":null,\"gap\":\"").Add(Word(signal.Reading.Gap)).Add("\"");
        if (signal.Reading.Coverage is { } coverage)
            line.Add(",\"coverage\":").Add(coverage, 0);
        line.Add(",\"expected\":");
        if (signal.Expected is { } expected)
            line.Add(expected, 4);
        else
            line.Add("null");
        line.Add(",\"spread\":").Add(signal.Spread, 5).Add(",\"loss\":").Add(signal.Loss, 4);
        line.Add(",\"evidence\":").Add(signal.Evidence, 2).Add(",\"weight\":").Add(signal.Weight, 3).Add("}");
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

    private static string Word(Flags flag) => flag switch
    {
        Flags.LeftGlobalInternet => "left_global_internet",
        Flags.DarkWithRoutesUp => "dark_with_routes_up",
        _ => "planes_disagree",
    };

    private static string Word(Gap gap) => gap switch
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
            : Reading.Missing(Enum.GetValues<Gap>().First(gap => json.GetProperty("gap").ValueEquals(Word(gap))));
        return new SignalAssessment(
            signal, reading, expected.ValueKind == JsonValueKind.Number ? expected.GetDouble() : null,
            Number(json, "spread"), Number(json, "loss"), Number(json, "evidence"), Number(json, "weight"));
    }

    private static double Number(JsonElement json, string name) => json.GetProperty(name).GetDouble();

    private static Flags FlagOf(string? word) =>
        ((ReadOnlySpan<Flags>)[Flags.LeftGlobalInternet, Flags.DarkWithRoutesUp, Flags.PlanesDisagree]).ToArray().FirstOrDefault(flag => Word(flag) == word);
}
