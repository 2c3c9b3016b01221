using System.CommandLine;
using System.Globalization;
using Spectre.Console;

namespace Pharos.Standalone;

/// <summary><c>bgp dump</c> and <c>bgp visibility</c>: what stands in raw routing data.</summary>
internal static class BgpVerb
{
    public static Command Command() => new("bgp", """
        Read raw routing data of RIPE RIS or RouteViews (MRT files, plain, gzip or bzip2).

        Examples:
          pharos bgp dump updates.20260301.0000.gz
          pharos bgp visibility bview.20260301.0000.gz updates.*.gz --delegated nro-delegated-stats --country VE
        """) { Dump() };

    private static Command Dump()
    {
        var file = new Argument<FileInfo>("file") { Description = "An MRT file" };
        var command = new Command("dump", """
            Print an MRT file in the one-line format of bgpdump -m. What could not be read is counted on standard error; exit code 1 then.

            Examples:
              pharos bgp dump updates.20260301.0000.gz | grep '|W|'
            """) { file };
        command.SetAction((parsed, cancel) => Terminal.Run(() => Task.FromResult(Dump(parsed.GetValue(file)!))));
        return command;
    }

    private static int Dump(FileInfo file)
    {
        using var output = Console.OpenStandardOutput();
        using var reader = MrtReader.Open(file.OpenRead());
        return Tell(file.Name, MrtDump.Write(reader, output));
    }

    private static int Tell(string file, Sieve sieve)
    {
        foreach (var reject in sieve.Rejects)
            Terminal.Errors.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"{file}: {reject.Reason} ({reject.Excerpt})");
        foreach (var (reason, count) in sieve.Skipped)
            Terminal.Errors.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"{file}: {count} × {reason} left out");
        return sieve.Rejected == 0 ? Terminal.Done : Terminal.Failed;
    }
}
