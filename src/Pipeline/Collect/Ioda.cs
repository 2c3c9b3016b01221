using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Pharos.Pipeline;

/// <summary>IODA of Georgia Tech: /24s visible in BGP, /24s that answer probing, telescope sources and search traffic of a country.</summary>
public sealed class Ioda(Fetcher fetcher) : ISource
{
    private const string Api = "https://api.ioda.inetintel.cc.gatech.edu/v2";
    private const int CountriesPerQuestion = 50;

    // Codes in IODA's list that are no country: the Netherlands Antilles (dissolved), "Asia/Pacific", "Europe", proxies.
    private static readonly HashSet<string> NoCountries = ["AN", "AP", "EU", "A1", "A2", "O1", "ZZ"];

    private static readonly (string Datasource, Signal Signal)[] Datasources =
    [
        ("bgp", Pharos.Outages.Signals.IodaBgp),
        ("ping-slash24", Pharos.Outages.Signals.IodaPing),
        ("merit-nt", Pharos.Outages.Signals.IodaTelescope),
        ("gtr", Pharos.Outages.Signals.IodaSearch),
    ];

    /// <inheritdoc/>
    public string Name => "ioda";

    /// <inheritdoc/>
    public IReadOnlyList<Signal> Signals { get; } = [.. Datasources.Select(each => each.Signal)];

    /// <inheritdoc/>
    public TimeSpan LongestWindow => TimeSpan.FromDays(3);

    /// <summary>Its last bins are filled late; search traffic lags two to three hours.</summary>
    public TimeSpan Overlap => TimeSpan.FromHours(4);

    /// <inheritdoc/>
    public async Task<Collected> Collect(Interval window, DateTimeOffset? heard, IReadOnlyList<Country> countries, CancellationToken cancel)
    {
        var questions = from each in Datasources
                        from some in countries.Chunk(CountriesPerQuestion)
                        let span = Whole(News(window, heard, each.Signal), each.Signal.Cadence)
                        where span.Length > TimeSpan.Zero
                        select (each.Datasource, each.Signal, Some: some, Span: span);
        var told = await Task.WhenAll(questions.Select(async question =>
        {
            var answer = await fetcher.Fetch(Name, Ask(question.Datasource, question.Some, question.Span), cancel);
            return (Question: question, Answer: answer, Sieve: answer.Ok ? Parse(answer.Bytes, question.Some.ToHashSet(), window) : null);
        }));
        var basket = new Basket();
        foreach (var (question, answer, sieve) in told)
        {
            var about = $"{question.Datasource} of {question.Some[0]} to {question.Some[^1]}";
            if (basket.Add(about, answer, sieve, question.Some))
                basket.Await(about, sieve!, window, Again(question.Signal), question.Some);
        }
        return basket.Collected();
    }

    /// <summary>Search traffic lags by hours; of the others the last hour is still filling.</summary>
    private TimeSpan Again(Signal signal) => signal.Cadence > TimeSpan.FromMinutes(10) ? Overlap : TimeSpan.FromHours(1);

    private Interval News(Interval window, DateTimeOffset? heard, Signal signal) =>
        heard - Again(signal) is { } from && from > window.Start ? new Interval(from < window.End ? from : window.End, window.End) : window;

    /// <summary>The question about one datasource. Both ends lie on its own steps, so that the answer keeps them.</summary>
    public static Uri Ask(string datasource, IReadOnlyList<Country> countries, Interval window) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"{Api}/signals/raw/country/{string.Join(',', countries)}?from={window.Start.ToUnixTimeSeconds()}&until={window.End.ToUnixTimeSeconds()}") +
        $"&datasource={datasource}");

    /// <summary>
    /// In: an answer; which countries were asked about and over which window, when known. Out: readings of the signals above, each at its own
    /// steps. A null inside a series is a gap; nulls at its end are bins still filling, and absent.
    /// </summary>
    public static Sieve Parse(ReadOnlyMemory<byte> bytes, IReadOnlySet<Country>? asked = null, Interval? window = null)
    {
        var sieve = new Sieve();
        using var document = LooseJson.Parse(bytes, out var problem);
        if (document is null)
            return sieve.Refuse(problem!, bytes.Span);
        var root = document.RootElement;
        if (root.Has("error", out var error))
            return sieve.Refuse($"error: {Sieve.Excerpt(JsonMarshal.GetRawUtf8Value(error))}", bytes.Span);
        if (!root.Has("data", out var data) || data.ValueKind != JsonValueKind.Array)
            return sieve.Refuse("no data in the answer", bytes.Span);
        if (root.Text("type") is { } type and not "signals")
        {
            sieve.Skip($"entry of {type}", data.GetArrayLength());
            return sieve;
        }

        var any = false;
        foreach (var entity in data.EnumerateArray())
        {
            if (entity.ValueKind != JsonValueKind.Array)
            {
                sieve.Reject("data: an item that is no list of series", entity);
                continue;
            }
            any |= entity.GetArrayLength() > 0;
            var products = entity.EnumerateArray().Count(series => series.Text("datasource") == "gtr");
            foreach (var series in entity.EnumerateArray())
                ReadSeries(series, products, asked, window, sieve);
        }
        return any || sieve.Rejected > 0 ? sieve : sieve.Refuse("empty data: the backend failed or has nothing", bytes.Span);
    }

    private static void ReadSeries(JsonElement series, int products, IReadOnlySet<Country>? asked, Interval? window, Sieve sieve)
    {
        if (!series.Has("values", out var values) || values.ValueKind != JsonValueKind.Array)
            sieve.Reject("values: missing or no list", series);
        else if (series.Repeats(out var name))
            sieve.Reject($"{name}: stands twice", series);
        else if (Unread(series, products, asked, out var country, out var signal) is { } reason)
            sieve.Skip(reason, values.GetArrayLength());
        else if (!Grid(series, out var from, out var step, out var native) || step % 300 != 0)
            sieve.Reject("from, step or nativeStep: no unix seconds or no whole bins", series);
        else
            ReadValues(values, country, signal, from, step, native, window, sieve);
    }

    private static void ReadValues(
        JsonElement values, Country country, Signal signal, long from, long step, long native, Interval? window, Sieve sieve)
    {
        var filled = values.GetArrayLength();
        while (filled > 0 && values[filled - 1].ValueKind == JsonValueKind.Null)
            filled--;
        sieve.Skip("still filling (null at the end)", values.GetArrayLength() - filled);
        if (step != native && filled > 0)
        {
            // The mean ignores nulls, so the newest re-binned point may stand for a part of its step only.
            sieve.Skip("newest point of a re-binned series", 1);
            filled--;
        }
        var i = -1;
        foreach (var value in values.EnumerateArray())
        {
            if (++i >= filled)
                break;
            var start = DateTimeOffset.FromUnixTimeSeconds(from + (i * step));
            if (start > (window?.End + Bin.Length))
                sieve.Reject("values: a point in the future of the question", value);
            else if (window is { } asked && !asked.Contains(start))
                sieve.Skip("outside the window");
            else if (value.ValueKind == JsonValueKind.Null)
                sieve.Add(country, signal, Bin.Containing(start), Reading.Missing(Gap.NotAvailable));
            else if (value.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
                sieve.Skip("value is an object or a list (agg_values)");
            else if (!value.IsNumber(out var number) || !double.IsFinite(number) || number < 0)
                sieve.Reject("values: not a finite number of zero or more", value);
            else
            {
                sieve.Add(country, signal, Bin.Containing(start), Reading.Of(number));
                sieve.Latest = sieve.Latest > start ? sieve.Latest : start;
            }
        }
    }

    /// <summary>Why a series is left out on purpose; null when it is read.</summary>
    private static string? Unread(JsonElement series, int products, IReadOnlySet<Country>? asked, out Country country, out Signal signal)
    {
        country = default;
        var datasource = series.Text("datasource");
        signal = Datasources.FirstOrDefault(each => each.Datasource == datasource).Signal;
        if (series.Text("entityType") is { } type and not "country")
            return $"entity of type {type}";
        if (signal is null)
            return $"datasource {datasource} is not read";
        if (signal == Pharos.Outages.Signals.IodaSearch && products > 1 && series.Text("subtype") is not "WEB_SEARCH")
            return $"subtype {series.Text("subtype")} of {datasource} is not read";
        var code = series.Text("entityCode");
        if (code is null || NoCountries.Contains(code) || !Country.TryParse(code, out country))
            return $"entity {code ?? "without code"} is no country";
        return asked is not null && !asked.Contains(country) ? "country was not asked for" : null;
    }

    // Seconds up to the year 2100; milliseconds are larger and refused.
    private static bool Grid(JsonElement series, out long from, out long step, out long native)
    {
        from = step = native = 0;
        var there = series.Has("from", out var first) && first.IsWhole(out from) && series.Has("step", out var each) && each.IsWhole(out step);
        native = series.Has("nativeStep", out var own) && own.IsWhole(out var whole) ? whole : step;
        return there && from is > 946_684_800 and < 4_102_444_800 && from % 300 == 0 && step is > 0 and <= 604_800;
    }

    // Only whole steps are asked for: a step that is not over yet has no value.
    private static Interval Whole(Interval window, TimeSpan cadence)
    {
        var start = window.Start.ToUnixTimeSeconds();
        var end = window.End.ToUnixTimeSeconds();
        var step = (long)cadence.TotalSeconds;
        return new Interval(DateTimeOffset.FromUnixTimeSeconds(start - (start % step)), DateTimeOffset.FromUnixTimeSeconds(end - (end % step)));
    }
}
