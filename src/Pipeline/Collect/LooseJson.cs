using System.Globalization;
using System.Text.Json;

namespace Pharos.Pipeline;

/// <summary>Reads JSON as upstreams really write it: numbers as strings, times with and without designator, a byte order mark in front.</summary>
internal static class LooseJson
{
    /// <summary>Parses a whole document; null with the reason when it is none.</summary>
    public static JsonDocument? Parse(ReadOnlyMemory<byte> bytes, out string? problem)
    {
        try
        {
            problem = null;
            return JsonDocument.Parse(Unmarked(bytes), new JsonDocumentOptions { MaxDepth = 64 });
        }
        catch (JsonException trouble)
        {
            problem = trouble.LineNumber is { } line
                ? string.Create(CultureInfo.InvariantCulture, $"no whole JSON: line {line + 1}, byte {trouble.BytePositionInLine}")
                : "no whole JSON";
            return null;
        }
    }

    /// <summary>The bytes without a byte order mark.</summary>
    public static ReadOnlyMemory<byte> Unmarked(ReadOnlyMemory<byte> bytes) => bytes.Span.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;

    /// <summary>A member of an object that is there and not null.</summary>
    public static bool Has(this JsonElement element, string name, out JsonElement member) =>
        element.Holds(name, out member) && member.ValueKind != JsonValueKind.Null;

    /// <summary>A member of an object that is there, null or not.</summary>
    public static bool Holds(this JsonElement element, string name, out JsonElement member)
    {
        member = default;
        try
        {
            return element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out member);
        }
        catch (InvalidOperationException)
        {
            // A sibling's name is no valid text.
            return false;
        }
    }

    /// <summary>A text member; null when it is missing, no text, or no valid UTF-8.</summary>
    public static string? Text(this JsonElement element, string name)
    {
        try
        {
            return element.Has(name, out var member) && member.ValueKind == JsonValueKind.String ? member.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>A number, also one written as a string. Infinity (from 1e400) is a number here; the caller refuses it by name.</summary>
    public static bool IsNumber(this JsonElement element, out double number)
    {
        number = double.NaN;
        try
        {
            return element.ValueKind switch
            {
                JsonValueKind.Number => element.TryGetDouble(out number),
                JsonValueKind.String => double.TryParse(element.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out number),
                _ => false,
            };
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>A whole number, also one written as a string.</summary>
    public static bool IsWhole(this JsonElement element, out long whole)
    {
        whole = 0;
        if (!element.IsNumber(out var number) || Math.Abs(number) > 1e15 || number != Math.Floor(number))
            return false;
        whole = (long)number;
        return true;
    }

    /// <summary>An ISO 8601 time; without designator it is UTC.</summary>
    public static bool IsTime(string? text, out DateTimeOffset time) => DateTimeOffset.TryParse(
        text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);

    /// <summary>Whether a name stands twice in an object: then nobody knows which value is meant.</summary>
    public static bool Repeats(this JsonElement element, out string name)
    {
        name = "";
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in element.EnumerateObject())
        {
            try
            {
                name = member.Name;
            }
            catch (InvalidOperationException)
            {
                name = "(no valid UTF-8)";
                return true;
            }
            if (!seen.Add(name))
                return true;
        }
        return false;
    }
}
