using System.Text.Json;

namespace Pharos.Infra.Tests;

/// <summary>Questions to predicted resources.</summary>
internal static class Predicted
{
    public static IReadOnlyList<JsonElement> Of(this IReadOnlyList<JsonElement> resources, string type) => [.. resources.Where(each => each.GetProperty("type").GetString() == type)];

    public static JsonElement One(this IReadOnlyList<JsonElement> resources, string type) => Assert.Single(resources.Of(type));
}
