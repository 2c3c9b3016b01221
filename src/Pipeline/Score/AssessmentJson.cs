using System.Buffers;

namespace Pharos.Pipeline;

/// <summary>
/// An assessment as one JSON line: <c>{"time","country","state","now","score","confidence","coverage","worsening","flags":[],"planes":[…],"signals":[…]}</c>;
/// planes are weight and loss of routes, paths and users.
/// Numbers are rounded to what a reader can use; the same assessment gives the same bytes.
/// </summary>
public static class AssessmentJson
{
    /// <summary>The line without its end.</summary>
    public static byte[] Line(Assessment assessment)
    {
        var bytes = new ArrayBufferWriter<byte>(1024);
        Write(bytes, assessment);
        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>Writes the line without its end.</summary>
    public static void Write(IBufferWriter<byte> into, Assessment assessment)
    {
        ArgumentNullException.ThrowIfNull(assessment);
        var line = new AsciiLine(into);
        line.Add("{\"time\":\"").Add(assessment.Bin).Add("\",\"country\":\"").Add(assessment.Country.Code);
        line.Add("\",\"state\":\"").Add(Word(assessment.State)).Add("\",\"now\":\"").Add(Word(assessment.Now));
        line.Add("\",\"score\":").Add(assessment.Score, 2).Add(",\"confidence\":").Add(assessment.Confidence, 4);
        line.Add(",\"coverage\":").Add(assessment.Coverage, 4).Add(",\"evidence\":").Add(assessment.Evidence, 2);
        line.Add(assessment.Worsening.Flagged ? ",\"worsening\":true" : ",\"worsening\":false");
        if (Shows(assessment.Worsening))
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

    /// <summary>Whether there is a trend to the decimals shown.</summary>
    internal static bool Shows(Worsening trend) =>
        trend.Flagged || trend.FrequencyZ is not null || trend.DurationZ is not null || Math.Abs(trend.AreaZ) >= 0.001 || Math.Abs(trend.PointsPerHour) >= 0.001;

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
}
