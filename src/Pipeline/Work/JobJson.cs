using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pharos.Pipeline;

/// <summary>Jobs as text for a queue: <c>{"kind":"score","Country":"KP","Since":4732227,…}</c>.</summary>
public static class JobJson
{
    /// <summary>A job as UTF-8.</summary>
    public static byte[] Write(Job job) => JsonSerializer.SerializeToUtf8Bytes(job, JobJsonContext.Default.Job);

    /// <summary>The job in a text.</summary>
    /// <exception cref="JsonException">The text is no job that this build knows.</exception>
    public static Job Read(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return JsonSerializer.Deserialize(utf8, JobJsonContext.Default.Job) ?? throw new JsonException("The text is null where a job belongs.");
        }
        catch (Exception trouble) when (trouble is NotSupportedException or InvalidOperationException)
        {
            // What the serializer throws for a text without a kind, and for broken UTF-8.
            throw new JsonException(trouble.Message, trouble);
        }
    }

    /// <summary>The job in a text, or what is wrong with the text.</summary>
    public static string? TryRead(ReadOnlySpan<byte> utf8, out Job? job)
    {
        try
        {
            job = Read(utf8);
            return null;
        }
        catch (JsonException trouble)
        {
            job = null;
            return $"The job cannot be read: {trouble.Message}";
        }
    }
}

/// <summary>A bin as its number; by default its calculated properties would be written along.</summary>
internal sealed class BinJson : JsonConverter<Bin>
{
    public override Bin Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetInt32());

    public override void Write(Utf8JsonWriter writer, Bin value, JsonSerializerOptions options) => writer.WriteNumberValue(value.Number);
}

[JsonSourceGenerationOptions(
    Converters = [typeof(BinJson)], RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true, AllowOutOfOrderMetadataProperties = true)]
[JsonSerializable(typeof(Job))]
internal sealed partial class JobJsonContext : JsonSerializerContext;
