using System.Net;

namespace Pharos.Standalone;

/// <summary>IODA raw signals of countries at their native steps. <c>maxPoints</c> is not needed at these ranges and ignored.</summary>
internal sealed class IodaAnswers(Scenario scenario)
{
    private const string Path = "/v2/signals/raw/country/";
    private const long MostSeconds = 100L * 86_400;

    // A bin is filling until so long after its end. Its value does not change afterwards.
    private static readonly Feed[] Feeds =
    [
        new("bgp", 300, TimeSpan.FromMinutes(2), series => series.Slash24),
        new("ping-slash24", 600, TimeSpan.FromMinutes(2), series => series.PingUp),
        new("merit-nt", 300, TimeSpan.FromMinutes(2), series => series.Telescope),
        new("gtr", 1800, TimeSpan.FromMinutes(150), series => series.Search),
    ];

    public UpstreamAnswer To(string path, Query query, DateTimeOffset now)
    {
        if (!path.StartsWith(Path, StringComparison.Ordinal))
            return Failure("No route found", HttpStatusCode.NotFound);
        if (query.Number("from") is not (>= 0 and <= int.MaxValue) || query.Number("until") is not (>= 0 and <= int.MaxValue))
            return Failure($"'{(query.Number("from") is null ? "from" : "until")}' timestamp must be set", HttpStatusCode.BadRequest);
        var (from, until, source) = (query.Number("from")!.Value, query.Number("until")!.Value, query["datasource"]);
        if (from > until)
            return Failure("'from' must be before 'until'", HttpStatusCode.BadRequest);
        if (until - from >= MostSeconds)
            return Failure("Time range for a single query must be less than 100 days", HttpStatusCode.BadRequest);
        var feeds = source is null ? Feeds : Array.FindAll(Feeds, feed => feed.Source == source);
        if (feeds.Length == 0)
            return Failure("Unknown datasource", HttpStatusCode.BadRequest);

        var codes = Uri.UnescapeDataString(path[Path.Length..]).Split(',', StringSplitOptions.RemoveEmptyEntries);
        var text = new Utf8Text(4096);
        text.Add("{\"type\":\"signals\",\"metadata\":{\"requestTime\":\""u8).AddTime(now.ToUnixTimeSeconds())
            .Add("+00:00\",\"responseTime\":\""u8)
            .AddTime(now.ToUnixTimeSeconds()).Add("+00:00\"},\"requestParameters\":{\"from\":"u8).Add(from)
            .Add(",\"until\":"u8).Add(until)
            .Add(",\"datasource\":"u8).AddQuoted(source)
            .Add(",\"sourceParams\":null,\"maxPoints\":null},\"error\":null,\"perf\":null,\"data\":["u8);
        for (var i = 0; i < codes.Length; i++)
        {
            text.Add(i > 0 ? ",["u8 : "["u8);
            if (scenario.SeriesOf(codes[i]) is { } series)
                Entity(text, series, feeds, from, until, now);
            text.Add("]"u8);
        }

        return UpstreamAnswer.Json(text.Add("],\"copyright\":\"Reconstruction by Pharos from published facts; not data of the IODA project.\"}"u8));
    }

    private void Entity(Utf8Text text, CountrySeries series, Feed[] feeds, long from, long until, DateTimeOffset now)
    {
        var separate = false;
        foreach (var feed in feeds)
        {
            var counts = feed.Of(series);
            if (counts.Length == 0)
                continue; // never published for this country
            if (separate)
                text.Add(","u8);
            separate = true;
            Signal(text, series, feed, counts, from, until, now);
        }
    }

    private void Signal(Utf8Text text, CountrySeries series, Feed feed, int[] counts, long from, long until, DateTimeOffset now)
    {
        // Up to and with the bin the clock is in: beyond it there is nothing to be null about.
        var step = feed.Step;
        var first = from / step;
        var end = Math.Max(first, Math.Min((until + step - 1) / step, (now.ToUnixTimeSeconds() + step - 1) / step));
        var filled = (now - feed.Settle).ToUnixTimeSeconds() / step;
        var origin = series.First.Number * 300L / step;
        var faults = scenario.FaultsOf(feed.Name);

        text.Add("{\"entityType\":\"country\",\"entityCode\":"u8).AddQuoted(series.Nation.Country.Code)
            .Add(",\"entityName\":"u8).AddQuoted(series.Nation.Name)
            .Add(",\"entityFqid\":"u8).AddQuoted($"geo.provider.{series.Nation.Continent}.{series.Nation.Country.Code}")
            .Add(",\"datasource\":"u8).AddQuoted(feed.Source).Add(",\"subtype\":"u8).AddQuoted(feed.Source == "gtr" ? "WEB_SEARCH" : "")
            .Add(",\"from\":"u8).Add(first * step).Add(",\"until\":"u8).Add(end * step)
            .Add(",\"step\":"u8).Add(step).Add(",\"nativeStep\":"u8).Add(step)
            .Add(",\"values\":["u8);
        for (var bin = first; bin < end; bin++)
        {
            if (bin > first)
                text.Add(","u8);
            var (index, fault) = (bin - origin, FaultAt(faults, bin * step));
            if (bin >= filled || index < 0 || index >= counts.Length || fault == FaultKind.Nulls)
                text.Add("null"u8);
            else
                text.Add(fault == FaultKind.Zeros ? 0 : counts[index]);
        }

        text.Add("]}"u8);
    }

    private static FaultKind? FaultAt(SourceFault[] faults, long seconds)
    {
        foreach (var fault in faults)
            if (fault.When.Contains(DateTimeOffset.FromUnixTimeSeconds(seconds)))
                return fault.Kind;
        return null;
    }

    private static UpstreamAnswer Failure(string error, HttpStatusCode status) =>
        UpstreamAnswer.Json(new Utf8Text().Add("{\"error\":"u8).AddQuoted(error).Add(",\"data\":null}"u8), status);

    private sealed record Feed(string Source, int Step, TimeSpan Settle, Func<CountrySeries, int[]> Of)
    {
        public string Name { get; } = $"ioda.{Source}";
    }
}
