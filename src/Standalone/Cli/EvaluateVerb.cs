using System.CommandLine;

namespace Pharos.Standalone;

/// <summary><c>evaluate [DATASET…] [--worlds SEEDS]</c>: how right the detector is, side by side with the rules that users have today.</summary>
internal static class EvaluateVerb
{
    public static Command Command()
    {
        var datasets = new Argument<string[]>("dataset") { Description = "Folders with dataset.json, readings.csv and truth.csv", Arity = ArgumentArity.ZeroOrMore };
        var worlds = new Option<string>("--worlds") { Description = "Seeds of generated worlds: 41,42,43", DefaultValueFactory = _ => "" };
        var countries = new Option<int>("--countries") { Description = "Countries of a generated world", DefaultValueFactory = _ => 100 };
        var days = new Option<int>("--days") { Description = "Days of a generated world", DefaultValueFactory = _ => 120 };
        var baseline = new Option<bool>("--baseline") { Description = "Measure the rules users have today beside it" };
        var json = new Option<bool>("--json") { Description = "Score cards as JSON" };
        var output = new Option<DirectoryInfo?>("--out") { Description = "Folder for a Markdown and a JSON file per evaluation" };
        var command = new Command("evaluate", """
            Judge labelled datasets and generated worlds, and print precision, recall, delay, false alarms per country-year, calibration and states.

            Examples:
              pharos evaluate --worlds 41,42,43 --baseline
              pharos evaluate ./iraq-2023-08 --baseline --out scores
            """) { datasets, worlds, countries, days, baseline, json, output };
        command.SetAction((parsed, cancel) => Terminal.Run(() =>
        {
            var run = new EvaluationRun(Method.Standard) { WithRules = parsed.GetValue(baseline) };
            var seeds = parsed.GetValue(worlds)!.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(seed => ulong.TryParse(seed, out var number) ? number : throw new ArgumentException($"'{seed}' is no seed: write whole numbers with commas, --worlds 41,42,43."));
            var questions = (parsed.GetValue(datasets) ?? []).Select(folder => (Func<Evaluation>)(() => run.Of(LabelledSeries.Read(folder))))
                .Concat(seeds.Select(seed => (Func<Evaluation>)(() => run.Of(new WorldPlan(seed) { Countries = parsed.GetValue(countries), Days = parsed.GetValue(days) })))).ToList();
            if (questions.Count == 0)
                throw new ArgumentException("Name a dataset folder, or --worlds with seeds: pharos evaluate --worlds 41,42,43 --baseline.");
            foreach (var question in questions)
            {
                cancel.ThrowIfCancellationRequested();
                Write(question(), parsed.GetValue(json), parsed.GetValue(output)?.FullName);
            }
            return Task.FromResult(Terminal.Done);
        }));
        return command;
    }

    private static void Write(Evaluation evaluation, bool json, string? folder)
    {
        Console.Out.WriteLine(json ? ScoreCardText.AsJson(evaluation) : ScoreCardText.AsMarkdown(evaluation));
        if (folder is null)
            return;
        Directory.CreateDirectory(folder);
        var name = Path.Combine(folder, string.Concat(evaluation.Name.Split(Path.GetInvalidFileNameChars())).Replace(' ', '-'));
        File.WriteAllText(name + ".md", ScoreCardText.AsMarkdown(evaluation));
        File.WriteAllText(name + ".json", ScoreCardText.AsJson(evaluation));
    }
}
