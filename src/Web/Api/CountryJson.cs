using System.Text.Json;

namespace Pharos.Web;

/// <summary>A country as readers of the API see it. One that was never judged is unknown, never stable.</summary>
internal static class CountryJson
{
    public static void Write(Utf8JsonWriter json, Country country, ReadOnlyMemory<byte>? line)
    {
        json.WriteStartObject();
        Head(json, country, line);
        json.WriteEndObject();
    }

    public static void WriteWhole(Utf8JsonWriter json, Country country, ReadOnlyMemory<byte>? line, IReadOnlyList<Revision> events)
    {
        json.WriteStartObject();
        Head(json, country, line);
        json.WriteNumber("population", country.Facts.Population);
        json.WriteStartArray("time_zones");
        foreach (var zone in country.Facts.TimeZones)
            json.WriteStringValue(zone);
        json.WriteEndArray();
        json.WriteStartArray("signals");
        if (line is { } known)
        {
            using var document = JsonDocument.Parse(known);
            foreach (var signal in document.RootElement.GetProperty("signals").EnumerateArray())
                Derived(json, signal);
        }
        json.WriteEndArray();
        json.WriteStartArray("events");
        foreach (var revision in events)
            EventLine.Write(json, revision);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Head(Utf8JsonWriter json, Country country, ReadOnlyMemory<byte>? line)
    {
        json.WriteString("country", country.Code);
        json.WriteString("name", country.Name);
        if (line is not { } known)
        {
            json.WriteNull("time");
            json.WriteString("state", "unknown");
            json.WriteString("now", "unknown");
            json.WriteNull("score");
            json.WriteNumber("confidence", 0);
            json.WriteNumber("coverage", 0);
            return;
        }
        using var document = JsonDocument.Parse(known);
        foreach (var name in (string[])["time", "state", "now", "score", "confidence", "coverage", "worsening", "flags"])
        {
            json.WritePropertyName(name);
            document.RootElement.GetProperty(name).WriteTo(json);
        }
    }

    /// <summary>Percent of expected instead of the source's own figure.</summary>
    private static void Derived(Utf8JsonWriter json, JsonElement signal)
    {
        json.WriteStartObject();
        json.WriteString("signal", signal.GetProperty("signal").GetString());
        var (value, expected) = (signal.GetProperty("value"), signal.GetProperty("expected"));
        if (value.ValueKind == JsonValueKind.Number && expected.ValueKind == JsonValueKind.Number && expected.GetDouble() > 0)
            json.WriteNumber("percent_of_expected", Math.Round(100 * value.GetDouble() / expected.GetDouble(), 2));
        else
            json.WriteNull("percent_of_expected");
        if (signal.TryGetProperty("gap", out var gap))
            json.WriteString("gap", gap.GetString());
        foreach (var name in (string[])["loss", "evidence", "weight"])
        {
            json.WritePropertyName(name);
            signal.GetProperty(name).WriteTo(json);
        }
        json.WriteEndObject();
    }
}
