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
        """) { Dump(), Visibility() };

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

    private static Command Visibility()
    {
        var files = new Argument<FileInfo[]>("files") { Description = "MRT files of one collector in order of time: a table (bview), then updates", Arity = ArgumentArity.OneOrMore };
        var delegated = new Option<FileInfo[]>("--delegated") { Description = "Delegated statistics, extended: that of the NRO; or one for each registry, the option repeated", Required = true, Arity = ArgumentArity.OneOrMore };
        var country = new Option<string>("--country") { Description = "ISO 3166 code", Required = true };
        var ipv4 = new Option<int>("--full-feed-v4") { Description = "IPv4 prefixes that make a full feed", DefaultValueFactory = _ => FullFeed.Standard.Ipv4 };
        var ipv6 = new Option<int>("--full-feed-v6") { Description = "IPv6 prefixes that make a full feed", DefaultValueFactory = _ => FullFeed.Standard.Ipv6 };
        var command = new Command("visibility", """
            Print how much of a country's routing one collector sees, as CSV: a line for each family and bin of five minutes. A field is empty where nothing can be said.

            Examples:
              pharos bgp visibility bview.20260301.0000.gz updates.20260301.*.gz --delegated nro-delegated-stats --country VE
            """) { files, delegated, country, ipv4, ipv6 };
        command.SetAction((parsed, cancel) => Terminal.Run(() => Task.FromResult(Visibility(
            parsed.GetValue(files)!,
            parsed.GetValue(delegated)!,
            Country.Parse(parsed.GetValue(country)!),
            new FullFeed(parsed.GetValue(ipv4), parsed.GetValue(ipv6)),
            cancel))));
        return command;
    }

    private static int Visibility(FileInfo[] files, FileInfo[] delegated, Country country, FullFeed fullFeed, CancellationToken cancel)
    {
        using var text = new StringReader(string.Join('\n', delegated.Select(file => File.ReadAllText(file.FullName))));
        var delegations = Delegations.Parse(text, out var unread);
        foreach (var reject in unread.Rejects)
            Terminal.Errors.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"delegated: {reject.Reason} ({reject.Excerpt})");
        using var output = new StreamWriter(Console.OpenStandardOutput());
        output.WriteLine("time,country,family,addresses share,prefixes share,peers");
        var tracker = new VisibilityTracker(delegations, (bin, rows) => Print(output, bin, rows.Where(row => row.Country == country)), fullFeed);
        var code = unread.Rejected == 0 ? Terminal.Done : Terminal.Failed;
        foreach (var file in files)
        {
            cancel.ThrowIfCancellationRequested();
            using var reader = MrtReader.Open(file.OpenRead());
            code = Math.Max(code, Tell(file.Name, MrtRoutes.Read(reader, tracker)));
        }
        tracker.Close();
        if (tracker.Ignored > 0)
            Terminal.Errors.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"{tracker.Ignored} × route with path identifier left out");
        return code;
    }

    private static void Print(StreamWriter output, Bin bin, IEnumerable<Visibility> rows)
    {
        foreach (var row in rows)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{bin},{row.Country},{(row.V6 ? "ipv6" : "ipv4")},{row.Addresses:0.######},{row.Prefixes:0.######},{row.Peers}"));
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
