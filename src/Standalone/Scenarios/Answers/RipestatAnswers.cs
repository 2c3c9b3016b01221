using System.Net;

namespace Pharos.Standalone;

/// <summary>RIPEstat country-resource-stats at 5 minutes: equal bins of a day merged into timelines, newest bins not there yet.</summary>
internal sealed class RipestatAnswers(Scenario scenario)
{
    // "Newest hour lags 1–2 h".
    private static readonly TimeSpan Lag = TimeSpan.FromMinutes(75);

    private readonly SourceFault[] faults = scenario.FaultsOf("ripestat");

    public UpstreamAnswer To(string path, Query query, DateTimeOffset now)
    {
        if (Array.Exists(faults, fault => fault.When.Contains(now)))
            return UpstreamAnswer.ErrorPage;
        if (path != "/data/country-resource-stats/data.json")
            return Failure("Data call not found.", HttpStatusCode.NotFound, now);
        if (query["resource"] is not { Length: 2 } resource)
            return Failure("The resource must be a two-letter country code.", HttpStatusCode.BadRequest, now);
        if (query["resolution"] is not (null or "5m"))
            return Failure("This scenario knows the resolution 5m only.", HttpStatusCode.BadRequest, now);

        var latest = Bin.Containing(now - Lag) - 1;
        var from = query.Moment("starttime") ?? scenario.Period.Start.ToUnixTimeSeconds();
        var until = query.Moment("endtime") ?? now.ToUnixTimeSeconds();
        var text = new Utf8Text(4096);
        Open(text, "[]"u8);
        text.Add("{\"query_starttime\":\""u8).AddTime(from).Add("\",\"query_endtime\":\""u8).AddTime(until).Add("\",\"stats\":["u8);
        if (scenario.SeriesOf(resource.ToUpperInvariant()) is { } series)
            Stats(text, series, from, until, latest);
        text.Add("],\"resource\":"u8).AddQuoted(resource.ToLowerInvariant())
            .Add(",\"resolution\":\"5m\",\"latest_time\":\""u8).AddTime(latest.Start.ToUnixTimeSeconds())
            .Add("\",\"earliest_time\":\"2004-01-01T00:00:00\",\"hd_latest_time\":\""u8).AddTime(latest.Start.ToUnixTimeSeconds())
            .Add("\"}"u8);
        return UpstreamAnswer.Json(Close(text, "ok"u8, 200, now));
    }

    private static void Stats(Utf8Text text, CountrySeries series, long from, long until, Bin latest)
    {
        var start = Math.Max(0, (int)((from + 299) / 300) - series.First.Number);
        var end = Math.Min(series.PrefixesV4.Length, Math.Min(latest.Number, (int)(until / 300)) - series.First.Number + 1);
        var stats = new Stretches();
        for (var day = start; day < end;)
        {
            var next = Math.Min(end, day + Bin.PerDay - (series.First + day).OfDay);
            stats.Collect(series, day, next);
            stats.Write(text, series, separate: day > start);
            day = next;
        }
    }

    private static void Open(Utf8Text text, ReadOnlySpan<byte> messages) =>
        text.Add("{\"messages\":"u8).Add(messages).Add(",\"see_also\":[],\"version\":\"0.2\","u8).Add(
            "\"data_call_name\":\"country-resource-stats\",\"data_call_status\":\"supported\",\"cached\":false,\"data\":"u8);

    private static Utf8Text Close(Utf8Text text, ReadOnlySpan<byte> status, int code, DateTimeOffset now) =>
        text.Add(",\"query_id\":\"reconstruction\",\"process_time\":5,\"server_id\":\"scenario\",\"build_version\":\"scenario\""u8)
            .Add(",\"status\":\""u8).Add(status)
            .Add("\",\"status_code\":"u8).Add(code).Add(",\"time\":\""u8).AddTime(now.ToUnixTimeSeconds()).Add(".000000\"}"u8);

    private static UpstreamAnswer Failure(string message, HttpStatusCode status, DateTimeOffset now)
    {
        var text = new Utf8Text();
        Open(text, new Utf8Text().Add("[[\"error\","u8).AddQuoted(message).Add("]]"u8).Written.Span);
        return UpstreamAnswer.Json(Close(text.Add("{}"u8), "error"u8, (int)status, now), status);
    }
}
