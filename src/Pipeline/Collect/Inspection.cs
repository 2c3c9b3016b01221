using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Pharos.Pipeline;

/// <summary>What an adapter reads in a saved answer.</summary>
/// <param name="Lines">One JSON object per item read, made while they are enumerated.</param>
/// <param name="Read">Items read.</param>
/// <param name="Skipped">Items left out on purpose, counted by reason.</param>
/// <param name="Rejected">Items that could not be read, all of them.</param>
/// <param name="Rejects">The first of these with reason and excerpt.</param>
public sealed record Inspected(
    IEnumerable<string> Lines, int Read, IReadOnlyDictionary<string, int> Skipped, int Rejected, IReadOnlyList<Reject> Rejects)
{
    /// <summary>The closing line: the counts as one JSON object.</summary>
    public string Closing => new JsonObject
    {
        ["read"] = Read,
        ["skipped"] = new JsonObject(Skipped.Select(each => KeyValuePair.Create(each.Key, (JsonNode?)each.Value))),
        ["rejected"] = Rejected,
        ["rejects"] = new JsonObject(Rejects.GroupBy(each => each.Reason).Select(each => KeyValuePair.Create(each.Key, (JsonNode?)each.Count()))),
    }.ToJsonString(Inspection.Plain);
}

/// <summary>Reads saved answers with the adapters' own parsers, without knowing what was asked.</summary>
public static class Inspection
{
    internal static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The sources whose answers can be read.</summary>
    public static IReadOnlyList<string> Sources { get; } = ["ripestat", "ioda", "ripe-atlas"];

    /// <summary>Reads one answer.</summary>
    /// <exception cref="ArgumentException">No source of that name.</exception>
    public static Inspected Read(string source, ReadOnlyMemory<byte> bytes) => source switch
    {
        "ripestat" => Of(Ripestat.Parse(bytes)),
        "ioda" => Of(Ioda.Parse(bytes)),
        "ripe-atlas" => ReadAtlas(bytes),
        _ => throw new ArgumentException($"There is no source '{source}'; there are {string.Join(", ", Sources)}.", nameof(source)),
    };

    private static Inspected Of(Sieve sieve) =>
        new(sieve.Readings.Select(Line), sieve.Readings.Count, sieve.Skipped, sieve.Rejected, sieve.Rejects);

    // A list of probes, a single probe, or results; results come as lines or as an array.
    private static Inspected ReadAtlas(ReadOnlyMemory<byte> bytes)
    {
        using (var document = LooseJson.Parse(bytes, out _))
            if (document is { RootElement: { ValueKind: JsonValueKind.Object } root } && (root.Has("results", out _) || ProbesPage.IsProbe(root)))
            {
                var page = ProbesPage.Parse(bytes);
                return new Inspected(page.Probes.Select(Line), page.Probes.Count, page.Sieve.Skipped, page.Sieve.Rejected, page.Sieve.Rejects);
            }

        var sieve = new Sieve();
        var results = new List<AtlasResult>();
        var records = new AtlasRecords(bytes.Span);
        while (records.Next(sieve, out var result))
        {
            if (result.IsConnection || (result.IsPing && result.Sent > 0))
                results.Add(result);
            else
                sieve.Skip(result.IsPing ? "nothing sent" : $"type {result.Type}");
        }
        return new Inspected(results.Select(Line), results.Count, sieve.Skipped, sieve.Rejected, sieve.Rejects);
    }

    private static string Line(SignalReading each) => Line(
        ("country", each.Country.Code),
        ("signal", each.Signal.Name),
        ("bin", each.Bin.ToString()),
        each.Reading.TryValue(out var value) ? ("value", value) : ("gap", each.Reading.Gap.ToString()));

    private static string Line(ListedProbe probe) => Line(
        ("probe", probe.Id), ("country", probe.Country?.Code), ("connected", probe.Connected), ("since", Time(probe.Since)));

    private static string Line(AtlasResult result) => result.IsConnection
        ? Line(("probe", result.Probe), ("event", result.Connects == true ? "connect" : "disconnect"), ("at", Time(result.Timestamp)))
        : Line(
            ("probe", result.Probe),
            ("measurement", result.Measurement),
            ("at", Time(result.Timestamp)),
            ("sent", result.Sent),
            ("answered", result.Received));

    private static string? Time(long seconds) =>
        seconds == 0 ? null : DateTimeOffset.FromUnixTimeSeconds(seconds).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Line(params ReadOnlySpan<(string Name, object? Value)> members)
    {
        var line = new StringBuilder("{");
        foreach (var (name, value) in members)
            line.Append(line.Length > 1 ? "," : "").Append('"').Append(name).Append("\":").Append(JsonSerializer.Serialize(value, Plain));
        return line.Append('}').ToString();
    }
}
