using System.CommandLine;

namespace Pharos.Standalone;

/// <summary><c>inspect SOURCE FILE</c>: what an adapter reads from a saved upstream answer.</summary>
internal static class InspectVerb
{
    public static Command Command()
    {
        var source = new Argument<string>("source") { Description = $"Whose answer it is: {string.Join(", ", Inspection.Sources)}" };
        var file = new Argument<FileInfo>("file") { Description = "The saved answer, as it came" };
        var command = new Command("inspect", """
            Show what an adapter reads from a saved upstream answer: a JSON line per item, then a line of counts with what was skipped and rejected, and why.

            Examples:
              pharos inspect ripestat country_resource_stats.json
              pharos inspect ripe-atlas msm-7000-results.json | tail -1
            """) { source, file };
        command.SetAction((parsed, cancel) => Terminal.Run(async () =>
        {
            var inspected = Inspection.Read(parsed.GetValue(source)!, await File.ReadAllBytesAsync(parsed.GetValue(file)!.FullName, cancel));
            await using var output = new StreamWriter(Console.OpenStandardOutput());
            foreach (var line in inspected.Lines)
                await output.WriteLineAsync(line);
            await output.WriteLineAsync(inspected.Closing);
            return inspected.Rejected == 0 ? Terminal.Done : Terminal.Failed;
        }));
        return command;
    }
}
