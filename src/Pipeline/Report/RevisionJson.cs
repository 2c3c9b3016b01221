using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pharos.Pipeline;

/// <summary>Revisions as the event log keeps them: snake_case JSON, bins as text, enums as words.</summary>
public static class RevisionJson
{
    internal static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip,
        AllowDuplicateProperties = false,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false), new BinText(), new CountryText() },
    };

    /// <summary>A revision as UTF-8. The same revision gives the same bytes.</summary>
    public static byte[] Write(Revision revision) => JsonSerializer.SerializeToUtf8Bytes(revision, Options);

    /// <summary>The revision in a row's body.</summary>
    /// <exception cref="JsonException">The text is no revision.</exception>
    public static Revision Read(ReadOnlySpan<byte> utf8) =>
        JsonSerializer.Deserialize<Revision>(utf8, Options) ?? throw new JsonException("The row holds null where a revision belongs.");

    private sealed class BinText : JsonConverter<Bin>
    {
        public override Bin Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            try
            {
                return Bin.Parse(reader.GetString() ?? "");
            }
            catch (FormatException trouble)
            {
                throw new JsonException(trouble.Message, trouble);
            }
        }

        public override void Write(Utf8JsonWriter writer, Bin value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }

    private sealed class CountryText : JsonConverter<Country>
    {
        public override Country Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Country.TryParse(reader.GetString(), out var country) ? country : throw new JsonException($"'{reader.GetString()}' is no country.");

        public override void Write(Utf8JsonWriter writer, Country value, JsonSerializerOptions options) => writer.WriteStringValue(value.Code);
    }
}
