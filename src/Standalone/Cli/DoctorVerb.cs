using System.CommandLine;
using System.Text.Json;
using Spectre.Console;

namespace Pharos.Standalone;

/// <summary><c>doctor</c>: is everything there that serve needs, and what to do where it is not.</summary>
internal static class DoctorVerb
{
    private sealed record Finding(string Check, bool Good, string Result, string? Fix);

    public static Command Command()
    {
        var data = new Option<DirectoryInfo>("--data") { Description = "Folder of the installation", DefaultValueFactory = _ => new DirectoryInfo("data") };
        var contact = new Option<string?>("--contact") { Description = "Who upstream operators can write to", DefaultValueFactory = _ => Environment.GetEnvironmentVariable("PHAROS_CONTACT") };
        var json = new Option<bool>("--json") { Description = "One JSON line per check" };
        var command = new Command("doctor", """
            Check settings, storage and the reachability of the sources, and name what to fix. Exit code 1 when something is wrong.

            Examples:
              pharos doctor
              pharos doctor --data /var/lib/pharos --json
            """) { data, contact, json };
        command.SetAction((parsed, cancel) => Terminal.Run(() => Run(parsed.GetValue(data)!.FullName, parsed.GetValue(contact), parsed.GetValue(json), cancel)));
        return command;
    }

    private static async Task<int> Run(string folder, string? contact, bool json, CancellationToken cancel)
    {
        var findings = new List<Finding>
        {
            Contact(contact),
            Zones(),
            Storage(folder),
        };
        findings.AddRange(await Task.WhenAll(
            Reach("ripestat", Ripestat.Ask(Country.Parse("NL"), LastHour(3)), contact, cancel),
            Reach("ioda", Ioda.Ask("bgp", [Country.Parse("NL")], LastHour(1)), contact, cancel),
            Reach("ripe-atlas", RipeAtlas.AskProbes(Country.Parse("LU")), contact, cancel)));
        foreach (var finding in findings)
            Print(finding, json);
        return findings.All(finding => finding.Good) ? Terminal.Done : Terminal.Failed;
    }

    private static Interval LastHour(int hoursAgo)
    {
        var end = Bin.Containing(TimeProvider.System.GetUtcNow().AddHours(-hoursAgo)).Start;
        return new Interval(end.AddHours(-1), end);
    }

    private static Finding Contact(string? contact) => string.IsNullOrWhiteSpace(contact)
        ? new("contact", false, "no contact set", "Pass --contact ops@example.org or set PHAROS_CONTACT: upstream operators block clients they cannot write to.")
        : new("contact", true, contact, null);

    private static Finding Zones()
    {
        var missing = Countries.All.SelectMany(country => country.Facts.TimeZones).Distinct().Where(zone => !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _)).ToList();
        return missing.Count == 0
            ? new("time zones", true, "all known", null)
            : new("time zones", false, $"{missing.Count} unknown, for example {missing[0]}", "Install a recent tzdata package.");
    }

    private static Finding Storage(string folder)
    {
        try
        {
            using var database = SqliteDatabase.Open(folder);
            var probe = Path.Combine(folder, ".doctor");
            File.WriteAllText(probe, "");
            File.Delete(probe);
            return new("storage", true, folder, null);
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException or NotSupportedException or Microsoft.Data.Sqlite.SqliteException)
        {
            return new("storage", false, trouble.Message, $"Make {folder} writable for this user, or name another folder with --data.");
        }
    }

    private static async Task<Finding> Reach(string source, Uri question, string? contact, CancellationToken cancel)
    {
        using var fetcher = new Fetcher(
            new FetchSettings { Contact = contact ?? "doctor", Deadline = TimeSpan.FromSeconds(20) }, Politeness.None, TimeProvider.System);
        var answer = await fetcher.Fetch(source, question, cancel);
        return answer.Failure is { } failure
            ? new(source, false, $"{question.Host}: {failure.Message}", $"Allow HTTPS to {question.Host}; until it answers its signals are missing and countries may be unknown.")
            : new(source, true, $"{question.Host} answers", null);
    }

    private static void Print(Finding finding, bool json)
    {
        if (json)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(new { check = finding.Check, ok = finding.Good, result = finding.Result, fix = finding.Fix }));
            return;
        }
        AnsiConsole.MarkupLineInterpolated(System.Globalization.CultureInfo.InvariantCulture, $"{(finding.Good ? "ok   " : "WRONG")} {finding.Check,-12} {finding.Result}");
        if (finding.Fix is not null)
            AnsiConsole.MarkupLineInterpolated(System.Globalization.CultureInfo.InvariantCulture, $"      fix: {finding.Fix}");
    }
}
