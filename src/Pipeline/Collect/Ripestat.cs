using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Pharos.Pipeline;

/// <summary>RIPEstat country-resource-stats: how many prefixes and ASNs of a country RIPE RIS sees, in steps of five minutes.</summary>
public sealed class Ripestat(Fetcher fetcher) : ISource
{
    private const string Api = "https://stat.ripe.net/data/country-resource-stats/data.json";

    // A range of a merged value is never longer than the question; an answer without a known question may span this much.
    private static readonly TimeSpan LongestRange = TimeSpan.FromDays(400);

    private static readonly (string Field, Signal Signal)[] Fields =
    [
        ("v4_prefixes_ris", Pharos.Outages.Signals.RipestatPrefixesV4),
        ("v6_prefixes_ris", Pharos.Outages.Signals.RipestatPrefixesV6),
        ("asns_ris", Pharos.Outages.Signals.RipestatAsns),
    ];

    /// <inheritdoc/>
    public string Name => "ripestat";

    /// <inheritdoc/>
    public IReadOnlyList<Signal> Signals { get; } = [.. Fields.Select(field => field.Signal)];

    /// <inheritdoc/>
    public TimeSpan LongestWindow => TimeSpan.FromDays(3);

    /// <summary>Its newest bins come one to two hours late.</summary>
    public TimeSpan Overlap => TimeSpan.FromHours(3);

    /// <inheritdoc/>
    public async Task<Collected> Collect(Interval window, DateTimeOffset? heard, IReadOnlyList<Country> countries, CancellationToken cancel)
    {
        var told = await Task.WhenAll(countries.Select(async country =>
        {
            var answer = await fetcher.Fetch(Name, Ask(country, window), cancel);
            return (Country: country, Answer: answer, Sieve: answer.Ok ? Parse(answer.Bytes, country, window) : null);
        }));
        var basket = new Basket();
        foreach (var (country, answer, sieve) in told)
            if (basket.Add(country.Code, answer, sieve, [country]))
                basket.Await(country.Code, sieve!, window, Overlap, [country]);
        return basket.Collected();
    }

    /// <summary>The question about one country.</summary>
    public static Uri Ask(Country country, Interval window) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"{Api}?resource={country.Code.ToLowerInvariant()}&starttime={window.Start:yyyy-MM-dd'T'HH:mm:ss}&endtime={window.End:yyyy-MM-dd'T'HH:mm:ss}") +
        "&resolution=5m&sourceapp=pharos&data_overload_limit=ignore");

    /// <summary>
    /// In: an answer; whom it was asked about and over which window, when known. Out: readings of three signals. A value holds for every bin of
    /// its ranges, the last one included; −1 is a gap; a bin in no range is absent.
    /// </summary>
    public static Sieve Parse(ReadOnlyMemory<byte> bytes, Country? asked = null, Interval? window = null)
    {
        var sieve = new Sieve();
        using var document = LooseJson.Parse(bytes, out var problem);
        if (document is null)
            return sieve.Refuse(problem!, bytes.Span);
        var root = document.RootElement;
        if (root.Text("status") is { } status and not "ok")
            return sieve.Refuse($"status {status}: {Message(root)}", bytes.Span);
        if (!root.Has("data", out var data) || !data.Has("stats", out var stats) || stats.ValueKind != JsonValueKind.Array)
        {
            var what = root.Text("data_call_status") ?? root.Text("data_call_name") ?? "no envelope";
            return sieve.Refuse($"no stats in the answer ({what}): {Message(root)}", bytes.Span);
        }
        if (!Country.TryParse(data.Text("resource")?.ToUpperInvariant() ?? asked?.Code, out var country) || (asked is { } wanted && wanted != country))
            return sieve.Refuse($"it is about '{data.Text("resource")}', asked was '{asked}'", bytes.Span);
        if (Step(data.Text("resolution")) is not { } step || (asked is not null && step != 1))
            return sieve.Refuse($"its resolution is '{data.Text("resolution")}', asked was 5m", bytes.Span);

        if (LooseJson.IsTime(data.Text("latest_time"), out var latest))
            sieve.Latest = latest;
        var told = new HashSet<Bin>();
        foreach (var stat in stats.EnumerateArray())
            ReadStat(stat, country, step, window, told, sieve);
        return sieve;
    }

    private static void ReadStat(JsonElement stat, Country country, int step, Interval? window, HashSet<Bin> told, Sieve sieve)
    {
        if (stat.ValueKind != JsonValueKind.Object || !stat.Has("timeline", out var timeline) || timeline.ValueKind != JsonValueKind.Array)
        {
            sieve.Reject("stats: an item without a timeline", stat);
            return;
        }
        if (stat.Repeats(out var name))
        {
            sieve.Reject($"{name}: stands twice", stat);
            return;
        }
        var values = new List<(Signal Signal, Reading Reading)>(Fields.Length);
        foreach (var (field, signal) in Fields)
        {
            if (!stat.Holds(field, out var member))
                sieve.Skip($"{field} is left out");
            else if (TryReading(member, out var reading, out var why))
                values.Add((signal, reading));
            else
                sieve.Reject($"{field}: {why}", stat);
        }
        foreach (var range in timeline.EnumerateArray())
        {
            if (!TryRange(range, window, out var first, out var last, out var why))
            {
                sieve.Reject($"timeline: {why}", range);
                continue;
            }
            for (var bin = first; bin <= last; bin += step)
            {
                if (window is { } asked && !asked.Contains(bin.Start))
                    sieve.Skip("outside the window");
                else if (!told.Add(bin))
                    sieve.Reject($"timeline: {bin} is told twice", range);
                else
                    foreach (var (signal, reading) in values)
                        sieve.Add(country, signal, bin, reading);
            }
        }
    }

    private static bool TryReading(JsonElement member, out Reading reading, out string why)
    {
        reading = Reading.Missing(Gap.NotAvailable);
        why = "";
        if (member.ValueKind == JsonValueKind.Null)
            return true;
        if (!member.IsNumber(out var number))
            why = "is no number";
        else if (!double.IsFinite(number))
            why = "is not finite";
        else if (number is < 0 and not -1)
            why = "is negative";
        else if (number >= 0)
            reading = Reading.Of(number);
        return why.Length == 0;
    }

    private static bool TryRange(JsonElement range, Interval? window, out Bin first, out Bin last, out string why)
    {
        first = last = default;
        why = "";
        if (!LooseJson.IsTime(range.Text("starttime"), out var start) || !LooseJson.IsTime(range.Text("endtime"), out var end))
            why = "starttime or endtime is no time";
        else if (end < start)
            why = "endtime lies before starttime";
        else if (start > (window?.End + Bin.Length))
            why = "lies in the future of the question";
        else if (start.Year < 2000 || end - start > LongestRange)
            why = "spans more than the source has";
        else
            (first, last) = (Bin.Containing(start), Bin.Containing(end));
        return why.Length == 0;
    }

    private static int? Step(string? resolution) => resolution switch
    {
        null or "5m" => 1,
        "1h" => Bin.PerHour,
        "1d" => Bin.PerDay,
        "1w" => 7 * Bin.PerDay,
        _ => null,
    };

    private static string Message(JsonElement root)
    {
        if (root.Has("messages", out var messages) && messages.ValueKind == JsonValueKind.Array)
            foreach (var message in messages.EnumerateArray())
                if (message.ValueKind == JsonValueKind.Array && message.GetArrayLength() > 1 && message[1].ValueKind == JsonValueKind.String)
                    return Sieve.Excerpt(JsonMarshal.GetRawUtf8Value(message[1]));
        return "no message";
    }
}
