using System.Diagnostics;
using System.IO.Compression;
using Pharos.Pipeline;

/// <summary>
/// What reading MRT costs, beside decompression alone and beside bgpdump where that is installed, in CPU time of the same run. The data are recorded updates,
/// repeated: gzip looks back 32 KiB, so that repeats megabytes apart compress no better.
/// </summary>
internal static class RoutingSpeed
{
    private const int Repeats = 36;
    private static readonly string[] Recordings =
        ["bgpdump/updates.20070211.0141.gz", "bgpkit/ripe_rrc15_2010.02_updates.20100227.1600.gz", "libbgpstream/ris.rrc06.updates.1427846400.gz"];

    /// <summary>Prints the ratios; false when a goal is missed.</summary>
    public static bool Measure()
    {
        if (Folder() is not { } folder)
        {
            Console.WriteLine("routing         not measured: the recordings are kept outside of the repository");
            return true;
        }
        var raw = new MemoryStream();
        for (var i = 0; i < Repeats; i++)
            foreach (var path in Recordings)
            {
                using var one = new GZipStream(File.OpenRead(Path.Combine(folder, path)), CompressionMode.Decompress);
                one.CopyTo(raw);
            }
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write(raw.GetBuffer(), 0, (int)raw.Length);
        var (bytes, megabytes) = (packed.ToArray(), raw.Length / 1e6);

        var (gunzip, _) = Best(() => Gunzip(bytes));
        var (events, allocated) = Best(() => Events(bytes));
        var (dump, _) = Best(() => Dump(bytes));
        var (tracked, _) = Best(() => Track(bytes));
        var changes = Events(bytes);
        Console.WriteLine($"gunzip alone    {megabytes / gunzip.TotalSeconds,8:F0} MB/s of MRT, {megabytes:F0} MB from {bytes.Length / 1e6:F0} MB");
        Say("prefix events", events, $"{changes / events.TotalSeconds / 1e6:F1} M events/s; {(double)allocated / changes:F4} bytes allocated per event");
        Say("visibility", tracked, "to shares per country and bin");
        Say("dump -m", dump, "to text");
        var good = events <= 1.5 * gunzip;
        if (Bgpdump(bytes) is not { } other)
            Console.WriteLine("bgpdump -m      not measured: it is not installed");
        else
        {
            Say("bgpdump -m", other, $"events {other / events:F1} ×, visibility {other / tracked:F1} ×, dump {other / dump:F1} × as fast");
            good &= other >= 20 * events;
        }
        return good;

        void Say(string what, TimeSpan took, string more) => Console.WriteLine($"{what,-15} {megabytes / took.TotalSeconds,8:F0} MB/s of MRT; {took / gunzip:F2} × gunzip; {more}");
    }

    private static (TimeSpan Cpu, long Allocated) Best(Func<long> run)
    {
        var best = (Cpu: TimeSpan.MaxValue, Allocated: 0L);
        run();
        for (var i = 0; i < 3; i++)
        {
            var (cpu, before) = (Environment.CpuUsage.TotalTime, GC.GetAllocatedBytesForCurrentThread());
            run();
            var took = Environment.CpuUsage.TotalTime - cpu;
            if (took < best.Cpu)
                best = (took, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        return best;
    }

    private static long Gunzip(byte[] bytes)
    {
        using var gzip = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
        gzip.CopyTo(Stream.Null, 1 << 18);
        return 0;
    }

    private static long Events(byte[] bytes)
    {
        var counter = new Counter();
        using var reader = MrtReader.Open(new MemoryStream(bytes));
        MrtRoutes.Read(reader, counter);
        return counter.Changes;
    }

    private static long Dump(byte[] bytes)
    {
        using var reader = MrtReader.Open(new MemoryStream(bytes));
        MrtDump.Write(reader, Stream.Null);
        return 0;
    }

    private static long Track(byte[] bytes)
    {
        var delegations = Delegations.Parse(new StringReader("arin|US|ipv4|12.0.0.0|16777216|1|allocated\nripencc|DE|ipv4|80.0.0.0|16777216|1|allocated"), out _);
        var tracker = new VisibilityTracker(delegations, (_, _) => { }, FullFeed.Standard);
        using var reader = MrtReader.Open(new MemoryStream(bytes));
        MrtRoutes.Read(reader, tracker);
        tracker.Close();
        return 0;
    }

    private static TimeSpan? Bgpdump(byte[] bytes)
    {
        var file = Path.Combine(Path.GetTempPath(), $"routing-speed-{Environment.ProcessId}.gz");
        try
        {
            File.WriteAllBytes(file, bytes);
            // The shell tells what it used itself, then what its children did: user, system, in minutes and seconds.
            using var shell = Process.Start(new ProcessStartInfo("sh", ["-c", $"bgpdump -m {file} > /dev/null 2>&1 && times"]) { RedirectStandardOutput = true })!;
            var times = shell.StandardOutput.ReadToEnd().Split((char[])['m', 's', ' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
            shell.WaitForExit();
            return shell.ExitCode == 0 && times.Length == 8
                ? TimeSpan.FromSeconds((60 * double.Parse(times[4])) + double.Parse(times[5]) + (60 * double.Parse(times[6])) + double.Parse(times[7]))
                : null;
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static string? Folder()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "Functions.sln")))
            root = root.Parent;
        var folder = root?.Parent is { } above ? Path.Combine(above.FullName, "shared", "samples", "mrt") : null;
        return folder is not null && Recordings.All(path => File.Exists(Path.Combine(folder, path))) ? folder : null;
    }

    private sealed class Counter : IRouteSink
    {
        public long Changes { get; private set; }

        public void Take(in RouteEvent change) => Changes++;
    }
}
