using Cronos;

namespace Pharos.Standalone.Tests;

/// <summary>
/// What a day of the world costs on Azure. A day of a scenario runs through the pipeline with ports that count; what grows with the countries is scaled
/// to 249. Prints, judges little, runs on request only:
/// <c>dotnet run -c Release --project tests/Standalone.Tests -- -explicit only -class Pharos.Standalone.Tests.CostModel -showLiveOutput</c>.
/// </summary>
public class CostModel(ITestOutputHelper output)
{
    private const int World = 249, Subscribers = 1_000, Days = 30;

    // USD, pay as you go, a US or west European region, list prices of 2025 as far as known; check them before a budget rests on them.
    private const double TableOperations = 0.00036 / 10_000, BlobWrites = 0.065 / 10_000, BlobGigabyte = 0.0225, TableGigabyte = 0.056;
    private const double BusBase = 10, BusIncluded = 13e6, BusOperations = 0.80 / 1e6;
    private const double Executions = 0.40 / 1e6, FreeExecutions = 250e3, GigabyteSeconds = 0.000026, FreeGigabyteSeconds = 100e3;

    // Assumed, not measured: a call of the storage takes 8 ms; an instance of 2 GB runs 8 jobs side by side; a collection waits half a second for each answer,
    // alone on its instance; a round keeps instances busy no shorter than 2 s.
    private const double CallSeconds = 0.008, SideBySide = 8, AnswerSeconds = 0.5, MemoryGigabytes = 2, SmallGigabytes = 0.5, ShortestRound = 2;

    [Fact(Explicit = true)]
    public async Task A_day_of_the_world()
    {
        var past = Past.Of("north-korea-2014");
        var (start, end) = (past.LiveFrom.AddDays(1), past.LiveFrom.AddDays(2));
        var clock = new VirtualClock(start.AddDays(-2));
        var folder = Directory.CreateTempSubdirectory("pharos-cost-").FullName;
        var count = new CostCount();
        var busy = TimeSpan.Zero;
        using (var database = SqliteDatabase.Open(folder, forOneRun: true))
        {
            var queue = new SqliteJobs(database, clock);
            var jobs = new CostJobs(queue, count);
            var tables = new CostTables(new SqliteTables(database), count);
            var settings = new WorkshopSettings { Countries = past.Countries, CountriesAtOnce = 1, Start = (_, _) => start.AddDays(-2), Upstream = past.Upstream!(clock) };
            using var workshop = new Workshop(settings, tables, new CostBlobs(count), jobs, new EmlFolder(Path.Combine(folder, "out")), clock);
            for (var reader = 0; reader < Subscribers; reader++)
                await workshop.Subscribers.Write(new($"r{reader}", $"r{reader}@example.org", null, [], 0, 0, "UTC"), default);
            clock.MoveTo(start);
            await jobs.Enqueue([.. workshop.Sources.Select(source => new Job.Collect(source.Name, start))], null, default);
            await Drain(queue, workshop, database);
            count.Clear();
            for (var now = start; now < end;)
            {
                var next = now.AddMinutes(5);
                clock.MoveTo(next);
                await jobs.Enqueue([.. Schedule.All.SelectMany(entry => CronExpression.Parse(entry.Cron, CronFormat.IncludeSeconds).GetOccurrences(now, next, TimeZoneInfo.Utc).Select(at => entry.Job(at)))], null, default);
                var watch = System.Diagnostics.Stopwatch.StartNew();
                await Drain(queue, workshop, database);
                busy += watch.Elapsed;
                now = next;
            }
        }
        var stored = new FileInfo(Path.Combine(folder, SqliteDatabase.FileName)).Length;
        Directory.Delete(folder, recursive: true);
        Print(count, past.Countries.Count, busy, stored);
    }

    private void Print(CostCount count, int countries, TimeSpan busy, long stored)
    {
        var grow = World / (double)countries * Days;
        var (table, blobs) = (count.Of("table") * grow, count.Of("blob write") * grow);
        var (collects, others) = (count.Of("job collect") + count.Of("job sweep"), count.Of("job score") + count.Of("job report") + count.Of("job deliver"));
        var messages = (others * grow) + (collects * Days);
        var waiting = blobs * AnswerSeconds;
        var seconds = waiting + Math.Max((table * CallSeconds / SideBySide) + (busy.TotalSeconds * grow), ShortestRound * 288 * Days);
        var gigabytes = (Raw: count.Of("raw bytes") * grow / 1e9, Tables: 3 * stored * World / (double)countries / 1e9);
        (string What, double Amount, double Dollars)[] lines =
        [
            ("table operations", table, table * TableOperations),
            ("blob writes", blobs, blobs * BlobWrites),
            ("raw answers kept 30 days, GB", gigabytes.Raw, gigabytes.Raw * BlobGigabyte),
            ("tables, GB (three times what this day left)", gigabytes.Tables, gigabytes.Tables * TableGigabyte),
            ("Service Bus operations, 3 a message", messages * 3, BusBase + (Math.Max(0, (messages * 3) - BusIncluded) * BusOperations)),
            ("executions", messages + (collects * Days), Math.Max(0, messages + (collects * Days) - FreeExecutions) * Executions),
            ($"GB-seconds, {waiting / seconds:P0} of them waiting for answers", seconds * MemoryGigabytes, Math.Max(0, (seconds * MemoryGigabytes) - FreeGigabyteSeconds) * GigabyteSeconds),
        ];
        output.WriteLine($"a day of {countries} countries: {count.Of("table read")} reads, {count.Of("table query")} queries, {count.Of("table write")} writes, {count.Of("table delete")} deletes, {count.Of("blob write")} blobs;");
        output.WriteLine($"jobs: {count.Of("job collect")} collect, {count.Of("job score")} score, {count.Of("job report")} report, {count.Of("job deliver")} deliver, {count.Of("job sweep")} sweep; {busy.TotalSeconds:F1} s on the embedded database");
        output.WriteLine($"a month of {World} countries:");
        foreach (var (what, amount, dollars) in lines)
            output.WriteLine($"  {what,-46} {amount,16:N1} {dollars,8:F2} USD");
        output.WriteLine($"  {"without logs, alerts, mail and network",-46} {"",16} {lines.Sum(line => line.Dollars),8:F2} USD");
        var small = Math.Max(0, (seconds * SmallGigabytes) - FreeGigabyteSeconds) * GigabyteSeconds;
        output.WriteLine($"  {"the same on instances of 512 MB, if these do",-46} {"",16} {lines[..^1].Sum(line => line.Dollars) + small,8:F2} USD");
    }

    private static async Task Drain(SqliteJobs queue, Workshop workshop, SqliteDatabase database)
    {
        while (await queue.Lease(64, TimeSpan.FromMinutes(10), default) is { Count: > 0 } leased)
        {
            using var batch = database.Batch();
            foreach (var each in leased)
            {
                await workshop.Runner.Run(each.Job, default);
                await queue.Complete(each);
            }
        }
    }
}
