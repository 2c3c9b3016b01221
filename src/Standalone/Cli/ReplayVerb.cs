using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Spectre.Console;

namespace Pharos.Standalone;

/// <summary><c>replay NAME|DIR --out DIR [--serve]</c>: a stretch of the past through the pipeline.</summary>
internal static class ReplayVerb
{
    private static readonly Subscription Reader = new("replay", "reader@example.org", "A reader", [], 0, 0, "UTC");

    public static Command Command()
    {
        var name = new Argument<string>("name") { Description = $"A built-in scenario ({string.Join(", ", Scenarios.Names)}) or a folder with dataset.json and readings.csv" };
        var output = new Option<DirectoryInfo>("--out") { Description = "Folder for assessments, events, reports and letters", Required = true };
        var subscribers = new Option<FileInfo?>("--subscribers") { Description = "Who gets letters: a JSON array like subscribers.json; without it one reader of everything" };
        var serve = new Option<bool>("--serve") { Description = "Afterwards serve what was found over HTTP until stopped" };
        var urls = new Option<string>("--urls") { Description = "Address for --serve", DefaultValueFactory = _ => ServeVerb.Address };
        var json = new Option<bool>("--json") { Description = "Print the summary as JSON and no progress" };
        var storage = StorageOption.Create();
        var command = new Command("replay", """
            Run a stretch of the past through the same pipeline on a virtual clock, as fast as the machine can.

            Examples:
              pharos replay north-korea-2014 --out out
              pharos replay ./my-dataset --out out --json
              pharos replay north-korea-2014 --out out --serve
            """) { name, output, subscribers, serve, urls, storage, json };
        command.SetAction((parsed, cancel) => Terminal.Run(() => Run(
            parsed.GetValue(name)!, parsed.GetValue(output)!.FullName, parsed.GetValue(subscribers), parsed.GetValue(serve) ? parsed.GetValue(urls) : null,
            parsed.GetValue(storage), parsed.GetValue(json), cancel)));
        return command;
    }

    private static async Task<int> Run(string name, string output, FileInfo? subscribers, string? serve, string? storage, bool json, CancellationToken cancel)
    {
        var past = Past.Of(name);
        var readers = subscribers is null ? [Reader] : SubscribersFile.Parse(await File.ReadAllBytesAsync(subscribers.FullName, cancel));
        var azure = await StorageOption.Open(storage, forOneRun: true, cancel);
        var tables = azure?.Tables ?? new MemoryTables();
        Empty(output);
        var data = Directory.CreateTempSubdirectory("pharos-replay-").FullName;
        try
        {
            var watch = Stopwatch.StartNew();
            var outcome = await WithProgress(past, json, progress => Replay.Run(past, data, tables, output, readers, progress, cancel));
            if (json)
                Console.Out.WriteLine(await File.ReadAllTextAsync(Path.Combine(output, "summary.json"), cancel));
            else
                Timeline.Print(past, outcome, output, watch.Elapsed);
            if (serve is not null)
                await ServeVerb.ServeOnly(past, data, tables, serve, cancel);
            return outcome.Troubles.Count == 0 ? Terminal.Done : Terminal.Failed;
        }
        finally
        {
            Directory.Delete(data, recursive: true);
            if (azure is not null)
                await azure.Remove(CancellationToken.None);
        }
    }

    /// <summary>Removes what an earlier replay wrote there, and nothing else.</summary>
    private static void Empty(string output)
    {
        Directory.CreateDirectory(output);
        foreach (var folder in (string[])["reports", "letters"])
            if (Path.Combine(output, folder) is var path && Directory.Exists(path))
                Directory.Delete(path, recursive: true);
    }

    private static async Task<ReplayOutcome> WithProgress(Past past, bool quiet, Func<Action<DateTimeOffset>, Task<ReplayOutcome>> run)
    {
        if (quiet)
            return await run(_ => { });
        Terminal.Errors.MarkupLineInterpolated(System.Globalization.CultureInfo.InvariantCulture, $"[bold]{past.Name}[/]: {past.Title}");
        return await Terminal.Errors.Progress().Columns(new SpinnerColumn(), new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(async context =>
            {
                var bar = context.AddTask(Describe(past, past.Period.Start), maxValue: past.Period.Length.TotalMinutes);
                return await run(reached =>
                {
                    bar.Value = (reached - past.Period.Start).TotalMinutes;
                    bar.Description = Describe(past, reached);
                });
            });
    }

    private static string Describe(Past past, DateTimeOffset reached) =>
        string.Create(CultureInfo.InvariantCulture, $"{(past.LiveFrom > past.Period.Start && reached <= past.LiveFrom || reached > past.LiveUntil ? "back-fill" : "replay")} {reached:d MMM yyyy}");
}
