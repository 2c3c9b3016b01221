using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;

namespace Pharos.Standalone.Tests;

/// <summary>Asks the scenario's upstream as the real adapters ask the real one.</summary>
internal sealed class ScenariosAsked : IDisposable
{
    public const string IodaSignals = "https://api.ioda.inetintel.cc.gatech.edu/v2/signals/raw/country/";
    public const string Atlas = "https://atlas.ripe.net/api/v2/";

    private static readonly Lazy<Scenario> Usual = new(() => Scenarios.ByName("north-korea-2014"));
    private readonly FakeTimeProvider clock;
    private readonly HttpClient client;
    private readonly HttpMessageInvoker direct;

    public ScenariosAsked(string now, Scenario? scenario = null)
    {
        Scenario = scenario ?? Usual.Value;
        clock = new FakeTimeProvider(At(now));
        var upstream = new ScenarioUpstream(Scenario, clock);
        client = new HttpClient(upstream);
        direct = new HttpMessageInvoker(upstream, disposeHandler: false);
    }

    public Scenario Scenario { get; }

    public static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    public static long Unix(string text) => At(text).ToUnixTimeSeconds();

    public void Advance(DateTimeOffset now) => clock.AdjustTime(now);

    public HttpResponseMessage Response(string uri) => client.GetAsync(new Uri(uri)).GetAwaiter().GetResult();

    /// <summary>Length of an answer, without reading it.</summary>
    public long Size(string uri)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, uri);
        using var response = direct.Send(request, default);
        return response.Content.Headers.ContentLength!.Value;
    }

    public byte[] Bytes(string uri)
    {
        using var response = Response(uri);
        return response.Content.ReadAsByteArrayAsync().GetAwaiter().GetResult();
    }

    public JsonElement Json(string uri) => JsonDocument.Parse(Bytes(uri)).RootElement;

    public JsonElement[] Lines(string uri) =>
        [.. Encoding.UTF8.GetString(Bytes(uri)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];

    public static string Ripestat(string country, string from, string to) =>
        $"https://stat.ripe.net/data/country-resource-stats/data.json?resource={country.ToLowerInvariant()}&starttime={from}&endtime={to}&resolution=5m&sourceapp=pharos&data_overload_limit=ignore";

    /// <summary>One RIPEstat figure by bin, the timelines taken apart again.</summary>
    public SortedDictionary<Bin, int> Ris(string country, string from, string to, string field = "v4_prefixes_ris")
    {
        var bins = new SortedDictionary<Bin, int>();
        foreach (var stat in Json(Ripestat(country, from, to)).GetProperty("data").GetProperty("stats").EnumerateArray())
            foreach (var range in stat.GetProperty("timeline").EnumerateArray())
                for (var bin = Bin.Containing(range.GetProperty("starttime").GetDateTimeOffset()); bin.Start <= range.GetProperty("endtime").GetDateTimeOffset(); bin += 1)
                    bins.Add(bin, stat.GetProperty(field).GetInt32()); // throws if a bin is told twice
        return bins;
    }

    /// <summary>One IODA series by start of its bins.</summary>
    public SortedDictionary<DateTimeOffset, double?> IodaSeries(string country, string source, string from, string to)
    {
        var series = Json($"{IodaSignals}{country}?from={Unix(from)}&until={Unix(to)}&datasource={source}").GetProperty("data")[0][0];
        var bins = new SortedDictionary<DateTimeOffset, double?>();
        var (at, step) = (series.GetProperty("from").GetInt64(), series.GetProperty("step").GetInt64());
        foreach (var value in series.GetProperty("values").EnumerateArray())
        {
            bins.Add(DateTimeOffset.FromUnixTimeSeconds(at), value.ValueKind == JsonValueKind.Null ? null : value.GetDouble());
            at += step;
        }

        return bins;
    }

    public int[] ProbeIds(string country) =>
        [.. Json($"{Atlas}probes/?country_code={country}&page_size=500").GetProperty("results").EnumerateArray().Select(probe => probe.GetProperty("id").GetInt32())];

    public void Dispose()
    {
        client.Dispose();
        direct.Dispose();
    }
}
