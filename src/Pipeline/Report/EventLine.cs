using System.Text.Json;

namespace Pharos.Pipeline;

/// <summary>
/// A revision as one JSON object for readers: <c>{"event","revision","change","country","state","now","class","start","end","first_evidence",
/// "detected","raised","lowered","closed","severity","depth","confidence","dips":[{"start","end","peak"}],"reason"}</c>; open ends are null.
/// </summary>
public static class EventLine
{
    /// <summary>One line without its end.</summary>
    public static byte[] Write(Revision revision)
    {
        using var memory = new MemoryStream(1024);
        using (var json = new Utf8JsonWriter(memory, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            Write(json, revision);
        return memory.ToArray();
    }

    /// <summary>Writes the object.</summary>
    public static void Write(Utf8JsonWriter json, Revision revision)
    {
        var (found, clocks) = (revision.Found, revision.Clocks);
        json.WriteStartObject();
        json.WriteString("event", revision.Event);
        json.WriteNumber("revision", revision.Number);
        json.WriteString("change", Word(revision.Change));
        json.WriteString("country", revision.Country.Code);
        json.WriteString("state", AssessmentJson.Word(found.State));
        json.WriteString("now", AssessmentJson.Word(found.Now));
        json.WriteString("class", Word(found.Class));
        json.WriteString("start", found.Start.ToString());
        Write(json, "end", found.End?.Start);
        Write(json, "first_evidence", clocks.FirstEvidence);
        Write(json, "detected", clocks.Detected);
        Write(json, "raised", clocks.Raised);
        Write(json, "lowered", clocks.Lowered);
        Write(json, "closed", clocks.Closed);
        json.WriteNumber("severity", revision.Severity.Value);
        json.WriteNumber("severity_national", revision.Severity.National);
        json.WriteNumber("depth", Math.Round(found.Depth, 4));
        json.WriteNumber("confidence", Math.Round(found.Confidence, 4));
        Write(json, "worsening_since", found.WorseningSince?.Start);
        json.WriteStartArray("dips");
        foreach (var dip in found.Dips)
        {
            json.WriteStartObject();
            json.WriteString("start", dip.Start.ToString());
            Write(json, "end", dip.End?.Start);
            json.WriteNumber("peak", Math.Round(dip.Peak, 4));
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteString("reason", revision.Reason);
        json.WriteString("method", revision.Method);
        json.WriteEndObject();
    }

    /// <summary>A change in lower case.</summary>
    public static string Word(Change change) => change.ToString().ToLowerInvariant();

    /// <summary>A class in lower case.</summary>
    public static string Word(EventClass kind) => kind.ToString().ToLowerInvariant();

    private static void Write(Utf8JsonWriter json, string name, DateTimeOffset? moment)
    {
        if (moment is { } known)
            json.WriteString(name, known.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture));
        else
            json.WriteNull(name);
    }
}
