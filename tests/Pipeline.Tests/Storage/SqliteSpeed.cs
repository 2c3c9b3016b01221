using System.Diagnostics;
using System.Globalization;

namespace Pharos.Pipeline.Tests;

/// <summary>
/// What a call costs, alone and in a batch. Prints, judges nothing, runs on request only:
/// <c>dotnet run -c Release --project tests/Pipeline.Tests -- -explicit only -class Pharos.Pipeline.Tests.SqliteSpeed -showLiveOutput</c>.
/// </summary>
public sealed class SqliteSpeed(ITestOutputHelper output)
{
    private const int Rounds = 3;

    [Theory(Explicit = true)]
    [InlineData(300)]
    [InlineData(1_500)]
    public void Costs_of_a_call(int bodyBytes)
    {
        using var folder = new TempFolder();
        using var database = SqliteDatabase.Open(folder.Path);
        var tables = new SqliteTables(database);
        var jobs = new SqliteJobs(database, TimeProvider.System);
        var body = new byte[bodyBytes];
        var enqueued = 0;
        new Random(1).NextBytes(body);

        output.WriteLine($"Bodies of {bodyBytes} bytes; microseconds per call, median of {Rounds} rounds.");
        Everything("alone");
        using (database.Batch())
            Everything("in a batch");

        void Everything(string how)
        {
            Measure($"Write, new row, {how}", 20_000, number => tables.Write("Readings", At(how, number), Expect.Anything, default));
            Measure($"Write, old row, {how}", 20_000, number => tables.Write("Readings", At(how, number), Expect.Anything, default));
            Measure($"Read, {how}", 20_000, number => tables.Read("Readings", At(how, number).Partition, At(how, number).Key, default));
            Measure($"WriteAll of 1,000, one partition, {how}", 20, number => tables.WriteAll("Guards", Thousand(how, number), default));
            Measure($"Query of 1,000, {how}", 20, number => Assert.Equal(1_000, tables.Query("Guards", $"{how} {number}", null, null, default).ToBlockingEnumerable().Count()));
            Measure($"Enqueue, Lease, Complete, {how}", 3_000, _ =>
            {
                jobs.Enqueue([new Job.Score("KP", new Bin(1), new Bin(++enqueued), how)], null, default).Wait();
                Assert.True(jobs.Complete(jobs.Lease(1, TimeSpan.FromMinutes(1), default).Result[0]).Result);
            });
        }

        Row At(string how, int number) => new($"{how} {number % 250:D3}", $"signal|{number / 250:D6}", body);

        Row[] Thousand(string how, int number) => [.. Enumerable.Range(0, 1_000).Select(row => new Row($"{how} {number}", $"key-{row:D6}", body))];
    }

    private void Measure(string what, int calls, Action<int> call)
    {
        var costs = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            var watch = Stopwatch.StartNew();
            for (var number = 0; number < calls; number++)
                call((round * calls) + number);
            costs.Add(watch.Elapsed.TotalMicroseconds / calls);
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{costs.Order().ElementAt(Rounds / 2),10:F1}  {what}"));
    }
}
