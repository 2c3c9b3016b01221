using System.Buffers;
using System.Text.Json;

namespace Pharos.Standalone;

/// <summary>What a replay found, for the closing lines.</summary>
/// <param name="Assessments">Bins judged, over all countries.</param>
/// <param name="Revisions">Every revision of every event, by country, event and number.</param>
/// <param name="Changes">State changes of the countries that had events, in order of time.</param>
/// <param name="Reports">Paths of the reports of the latest revisions.</param>
/// <param name="Letters">Paths of the letters.</param>
/// <param name="Troubles">Jobs that failed.</param>
internal sealed record ReplayOutcome(
    int Assessments, IReadOnlyList<Revision> Revisions, IReadOnlyList<(Country Country, Bin Bin, State State, Now Now)> Changes,
    IReadOnlyList<string> Reports, IReadOnlyList<string> Letters, IReadOnlyList<string> Troubles);

/// <summary>
/// Writes <c>assessments.jsonl</c>, <c>events.jsonl</c>, <c>reports/</c> and <c>summary.json</c>; <c>letters/</c> fills itself. The same replay
/// gives the same bytes.
/// </summary>
internal static class ReplayOutput
{
    private static readonly string[] Formats = ["html", "txt", "json"];

    public static async Task<ReplayOutcome> Write(Installation installation, Past past, string output, IReadOnlyList<string> troubles, CancellationToken cancel)
    {
        Directory.CreateDirectory(Path.Combine(output, "reports"));
        var revisions = new List<Revision>();
        foreach (var country in past.Countries)
            revisions.AddRange(await installation.Events.Read(country, cancel));
        var troubled = revisions.Select(revision => revision.Country).ToHashSet();
        var (count, changes) = await WriteAssessments(installation, past, Path.Combine(output, "assessments.jsonl"), troubled, cancel);
        await using (var file = File.Create(Path.Combine(output, "events.jsonl")))
            foreach (var revision in revisions)
            {
                await file.WriteAsync(EventLine.Write(revision), cancel);
                file.WriteByte((byte)'\n');
            }
        var reports = await WriteReports(installation, revisions, output, cancel);
        var letters = Directory.Exists(Path.Combine(output, "letters")) ? Directory.GetFiles(Path.Combine(output, "letters"), "*.eml").Order(StringComparer.Ordinal).ToList() : [];
        var outcome = new ReplayOutcome(count, revisions, [.. changes.OrderBy(change => change.Bin).ThenBy(change => change.Country)], reports, letters, troubles);
        await File.WriteAllBytesAsync(Path.Combine(output, "summary.json"), Summary(past, outcome), cancel);
        return outcome;
    }

    /// <summary>Country by country in order; as many are made ready side by side as there are processors.</summary>
    private static async Task<(int Count, List<(Country Country, Bin Bin, State State, Now Now)> Changes)> WriteAssessments(
        Installation installation, Past past, string path, HashSet<Country> troubled, CancellationToken cancel)
    {
        var (from, through) = (Bin.Containing(past.Period.Start), Bin.Containing(past.Period.End) - 1);
        var count = 0;
        var changes = new List<(Country Country, Bin Bin, State State, Now Now)>();
        await using var file = File.Create(path);
        foreach (var some in past.Countries.Chunk(Environment.ProcessorCount))
            foreach (var ready in some.Select(country => Task.Run(() => Lines(installation.Assessments, country, from, through, installation.Signals, cancel), cancel)).ToList())
            {
                var (country, lines, states) = await ready;
                await file.WriteAsync(lines.WrittenMemory, cancel);
                count += states.Count;
                if (!troubled.Contains(country))
                    continue;
                for (var i = 0; i < states.Count; i++)
                    if (i == 0 || (states[i].State, states[i].Now) != (states[i - 1].State, states[i - 1].Now))
                        changes.Add((country, states[i].Bin, states[i].State, states[i].Now));
            }
        return (count, changes);
    }

    private static async Task<(Country Country, ArrayBufferWriter<byte> Lines, List<(Bin Bin, State State, Now Now)> States)> Lines(
        Assessments assessments, Country country, Bin from, Bin through, IReadOnlyList<Signal> signals, CancellationToken cancel)
    {
        var lines = new ArrayBufferWriter<byte>(1 << 20);
        var states = new List<(Bin, State, Now)>();
        for (var day = from; day <= through; day += Bin.PerDay)
            foreach (var assessment in await assessments.Read(country, day, day + (Bin.PerDay - 1) < through ? day + (Bin.PerDay - 1) : through, signals, cancel))
            {
                AssessmentJson.Write(lines, assessment);
                lines.Write("\n"u8);
                states.Add((assessment.Bin, assessment.State, assessment.Now));
            }
        return (country, lines, states);
    }

    private static async Task<List<string>> WriteReports(Installation installation, IReadOnlyList<Revision> revisions, string output, CancellationToken cancel)
    {
        var latest = new List<string>();
        foreach (var group in revisions.GroupBy(revision => revision.Event))
        {
            foreach (var revision in group)
                foreach (var format in Formats)
                {
                    var path = Path.Combine(output, "reports", $"{revision.Id}.{format}");
                    if (await installation.Reports.Read(revision.Event, revision.Number, format, cancel) is { } body)
                        await File.WriteAllBytesAsync(path, body, cancel);
                }
            latest.Add(Path.Combine(output, "reports", $"{group.Last().Id}.html"));
        }
        return latest;
    }

    private static byte[] Summary(Past past, ReplayOutcome outcome)
    {
        using var memory = new MemoryStream();
        using (var json = new Utf8JsonWriter(memory, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("name", past.Name);
            json.WriteString("title", past.Title);
            json.WriteString("from", Bin.Containing(past.Period.Start).ToString());
            json.WriteString("to", Bin.Containing(past.Period.End).ToString());
            json.WriteString("method", Method.Standard.Version);
            json.WriteNumber("countries", past.Countries.Count);
            json.WriteNumber("assessments", outcome.Assessments);
            json.WriteNumber("events", outcome.Revisions.Select(revision => revision.Event).Distinct().Count());
            json.WriteNumber("revisions", outcome.Revisions.Count);
            json.WriteNumber("letters", outcome.Letters.Count);
            json.WriteStartArray("by_event");
            foreach (var revision in outcome.Revisions.GroupBy(revision => revision.Event).Select(group => group.Last()))
            {
                json.WriteStartObject();
                json.WriteString("event", revision.Event);
                json.WriteString("country", revision.Country.Code);
                json.WriteString("class", EventLine.Word(revision.Found.Class));
                json.WriteString("start", revision.Found.Start.ToString());
                if (revision.Found.End is { } end)
                    json.WriteString("end", end.ToString());
                else
                    json.WriteNull("end");
                json.WriteNumber("depth", Math.Round(revision.Found.Depth, 4));
                json.WriteNumber("dips", revision.Found.Dips.Count);
                json.WriteNumber("revisions", revision.Number);
                json.WriteString("last_change", EventLine.Word(revision.Change));
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteStartArray("troubles");
            foreach (var trouble in outcome.Troubles)
                json.WriteStringValue(trouble);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return memory.ToArray();
    }
}
