using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Pharos.Web;

/// <summary>
/// The HTTP API, version 1. It reads what was judged and written before; nothing is decided here. It gives derived values (score, percent of expected),
/// never a source's raw series.
/// </summary>
public static class Api
{
    /// <summary>Adds the routes.</summary>
    public static void Map(IEndpointRouteBuilder app, Assessments assessments, EventLog events, Reports reports, SourceRuns sources, TimeProvider clock)
    {
        app.MapGet("/healthz", () => Results.Text("ok"));
        app.MapGet("/v1/countries", (CancellationToken cancel) => AllCountries(assessments, cancel));
        app.MapGet("/v1/countries/{code}", (string code, CancellationToken cancel) => OneCountry(assessments, events, code, cancel));
        app.MapGet("/v1/events", (string? country, bool? ongoing, CancellationToken cancel) => AllEvents(events, country, ongoing ?? false, cancel));
        app.MapGet("/v1/events/{id}", (string id, CancellationToken cancel) => OneEvent(events, id, cancel));
        app.MapGet("/v1/events/{id}/report", (string id, int? revision, string? format, HttpRequest request, CancellationToken cancel) =>
            Report(events, reports, id, revision, format ?? Wanted(request), cancel));
        app.MapGet("/reports/{id}/{revision:int}", (string id, int revision, CancellationToken cancel) => Report(events, reports, id, revision, "html", cancel));
        app.MapGet("/v1/sources", (CancellationToken cancel) => AllSources(sources, clock, cancel));
    }

    private static async Task<IResult> AllCountries(Assessments assessments, CancellationToken cancel)
    {
        var known = new Dictionary<Country, ReadOnlyMemory<byte>>();
        await foreach (var (country, line) in assessments.Latest(cancel))
            known[country] = line;
        return Json(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("countries");
            foreach (var country in Countries.All)
                CountryJson.Write(json, country, known.TryGetValue(country, out var line) ? line : default(ReadOnlyMemory<byte>?));
            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private static async Task<IResult> OneCountry(Assessments assessments, EventLog events, string code, CancellationToken cancel)
    {
        if (!Country.TryParse(code.ToUpperInvariant(), out var country))
            return Problem(404, "No such country", $"'{code}' is not an ISO 3166 alpha-2 code (or XK).");
        var line = await assessments.Latest(country, cancel);
        var told = (await events.Latest(country, cancel)).OrderByDescending(revision => revision.Found.Start).Take(20).ToList();
        return Json(json => CountryJson.WriteWhole(json, country, line, told));
    }

    private static async Task<IResult> AllEvents(EventLog events, string? code, bool ongoing, CancellationToken cancel)
    {
        Country country = default;
        if (code is not null && !Country.TryParse(code.ToUpperInvariant(), out country))
            return Problem(400, "No such country", $"'{code}' is not an ISO 3166 alpha-2 code (or XK).");
        var latest = code is null ? await events.Latest(cancel) : await events.Latest(country, cancel);
        return Json(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("events");
            foreach (var revision in latest.Where(revision => !ongoing || revision.Found.Closed is null).OrderByDescending(revision => revision.Found.Start).ThenBy(revision => revision.Event))
                EventLine.Write(json, revision);
            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private static async Task<IResult> OneEvent(EventLog events, string id, CancellationToken cancel)
    {
        if (await events.Find(id, cancel) is not { } latest)
            return Problem(404, "No such event", $"There is no event '{id}'.");
        var revisions = await events.Read(latest.Country, id, cancel);
        return Json(json =>
        {
            json.WriteStartObject();
            json.WriteString("event", id);
            json.WriteStartArray("revisions");
            foreach (var revision in revisions)
                EventLine.Write(json, revision);
            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private static async Task<IResult> Report(EventLog events, Reports reports, string id, int? revision, string format, CancellationToken cancel)
    {
        var type = format switch
        {
            "html" => "text/html; charset=utf-8",
            "txt" => "text/plain; charset=utf-8",
            "json" => "application/json",
            _ => null,
        };
        if (type is null)
            return Problem(400, "No such format", $"'{format}' is not html, txt or json.");
        if (await events.Find(id, cancel) is not { } latest)
            return Problem(404, "No such event", $"There is no event '{id}'.");
        return await reports.Read(id, revision ?? latest.Number, format, cancel) is { } body
            ? Results.Bytes(body, type)
            : Problem(404, "No such report", $"Event '{id}' has no report of revision {revision ?? latest.Number} yet.");
    }

    private static async Task<IResult> AllSources(SourceRuns sources, TimeProvider clock, CancellationToken cancel)
    {
        var runs = await sources.Read(cancel);
        return Json(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("sources");
            foreach (var run in runs)
            {
                json.WriteStartObject();
                json.WriteString("source", run.Source);
                json.WriteString("heard_until", run.Watermark);
                json.WriteNumber("lag_minutes", Math.Round((clock.GetUtcNow() - run.Watermark).TotalMinutes));
                Write(json, "last_success", run.LastSuccess);
                Write(json, "unreachable_since", run.FailingSince);
                json.WriteString("reason", run.FailingSince is null ? null : run.Reason);
                json.WriteNumber("rejected", run.Rejected);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private static string Wanted(HttpRequest request)
    {
        var accept = request.Headers.Accept.ToString();
        return accept.Contains("application/json", StringComparison.OrdinalIgnoreCase) ? "json" : accept.Contains("text/plain", StringComparison.OrdinalIgnoreCase) ? "txt" : "html";
    }

    private static IResult Json(Action<Utf8JsonWriter> write)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes))
            write(json);
        return Results.Bytes(bytes.WrittenMemory, "application/json");
    }

    private static IResult Problem(int status, string title, string detail) => Results.Problem(detail, statusCode: status, title: title);

    private static void Write(Utf8JsonWriter json, string name, DateTimeOffset? moment)
    {
        if (moment is { } known)
            json.WriteString(name, known);
        else
            json.WriteNull(name);
    }
}
