using System.Globalization;
using Spectre.Console;

namespace Pharos.Standalone;

/// <summary>What happened in a replay, for people: the states of each country with an event worth a letter, and where everything is.</summary>
internal static class Timeline
{
    private const int MostChanges = 60;

    public static void Print(Past past, ReplayOutcome outcome, string output, TimeSpan took)
    {
        var console = AnsiConsole.Console;
        var events = outcome.Revisions.GroupBy(revision => revision.Event).Select(group => group.Last()).OrderBy(revision => revision.Found.Start).ToList();
        var told = events.Where(revision => revision.Change != Change.Retracted).ToList();
        var grave = told.Where(revision => revision.Found.Class != EventClass.Blip).Select(revision => revision.Country).Distinct().Order().ToList();
        foreach (var country in grave)
            PrintStates(console, past, outcome, country);

        var table = new Table().Border(TableBorder.Simple).AddColumns("Country", "Event", "From (UTC)", "To (UTC)", "Class", "Lost", "Drops", "Letters");
        foreach (var revision in told.Where(revision => revision.Found.Class != EventClass.Blip))
            table.AddRow(
                revision.Country.Name, revision.Event, Moment(revision.Found.Start), revision.Found.End is { } end ? Moment(end) : "ongoing",
                EventLine.Word(revision.Found.Class), string.Create(CultureInfo.InvariantCulture, $"{100 * revision.Found.Depth:F0} %"),
                revision.Found.Dips.Count.ToString(CultureInfo.InvariantCulture), outcome.Letters.Count(path => path.Contains(revision.Event, StringComparison.Ordinal)).ToString(CultureInfo.InvariantCulture));
        if (table.Rows.Count > 0)
            console.Write(table);
        foreach (var blips in told.Where(revision => revision.Found.Class == EventClass.Blip).GroupBy(revision => revision.Country).OrderBy(group => group.Key))
            console.WriteLine($"{blips.Key.Name}: {blips.Count()} {(blips.Count() == 1 ? "blip" : "blips")}, no letter.");

        console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{past.Countries.Count} countries, {outcome.Assessments:N0} assessments, {told.Count} events, {outcome.Letters.Count} letters in {took.TotalSeconds:F1} s."));
        foreach (var trouble in outcome.Troubles.Take(5))
            Terminal.Errors.MarkupLineInterpolated(System.Globalization.CultureInfo.InvariantCulture, $"[red]failed:[/] {trouble}");
        foreach (var path in outcome.Reports.Where(path => grave.Count == 0 || told.Any(revision => revision.Found.Class != EventClass.Blip && path.Contains(revision.Event, StringComparison.Ordinal))))
            console.WriteLine($"report  {Relative(path)}");
        foreach (var path in outcome.Letters)
            console.WriteLine($"letter  {Relative(path)}");
        console.WriteLine($"all of it in {Relative(output)}");
    }

    private static void PrintStates(IAnsiConsole console, Past past, ReplayOutcome outcome, Country country)
    {
        console.WriteLine();
        console.MarkupLineInterpolated(System.Globalization.CultureInfo.InvariantCulture, $"[bold]{country.Name}[/]");
        var changes = outcome.Changes.Where(change => change.Country == country).ToList();
        var first = changes.FindIndex(change => change.State is not (State.Unknown or State.Stable));
        var shown = changes.Skip(Math.Max(0, first)).Where((change, i) => i == 0 || change.State != changes[Math.Max(0, first) + i - 1].State || change.Now == Now.Down).ToList();
        if (shown.Count > MostChanges)
            console.WriteLine($"  … {shown.Count - MostChanges} earlier changes are in assessments.jsonl");
        foreach (var (_, bin, state, now) in shown.TakeLast(MostChanges))
        {
            var local = country.Facts.LocalTime(bin.Start);
            var colour = state switch { State.Outage => "red", State.Worsening => "darkorange", State.Unstable or State.Blip => "yellow", State.Unknown => "grey", _ => "green" };
            console.Markup(string.Create(CultureInfo.InvariantCulture, $"  {bin.Start:ddd dd MMM HH:mm} UTC  ({local:ddd dd MMM HH:mm} local)  "));
            console.MarkupLine($"[{colour}]{AssessmentJson.Word(state)}[/]{(now is Now.Down or Now.Impaired ? ", " + AssessmentJson.Word(now) : "")}");
        }
        console.WriteLine();
    }

    private static string Moment(Bin bin) => bin.Start.ToString("d MMM yyyy HH:mm", CultureInfo.InvariantCulture);

    private static string Relative(string path) => Path.GetRelativePath(Directory.GetCurrentDirectory(), path);
}
