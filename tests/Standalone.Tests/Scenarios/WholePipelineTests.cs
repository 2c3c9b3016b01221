using System.Text.Json;

namespace Pharos.Standalone.Tests;

/// <summary>One story through the whole pipeline, and the questions a reader asks afterwards.</summary>
public class WholePipelineTests
{
    [Fact]
    public async Task Gabon_2019_through_the_pipeline_is_one_event_and_why_explains_it_as_stored()
    {
        var cancel = TestContext.Current.CancellationToken;
        // Few countries and few rounds, for time: the guard has no say with fewer than twenty.
        var told2019 = Past.Of("gabon-2019");
        var past = told2019 with
        {
            Countries = [Country.Parse("FR"), Country.Parse("GA"), Country.Parse("KE"), Country.Parse("PT")], LiveFrom = told2019.LiveFrom.AddDays(1),
            Period = new Interval(told2019.Period.Start, told2019.LiveFrom.AddDays(3.5)),
        };
        var data = Directory.CreateTempSubdirectory("pharos-test-").FullName;
        var output = Directory.CreateTempSubdirectory("pharos-test-").FullName;
        try
        {
            var watch = System.Diagnostics.Stopwatch.StartNew();
            var outcome = await Replay.Run(past, data, null, output, [new Subscription("r", "r@example.org", "R", [], 0, 0, "UTC")], _ => { }, cancel);
            TestContext.Current.TestOutputHelper!.WriteLine($"replayed in {watch.Elapsed.TotalSeconds:F1} s");
            Assert.Empty(outcome.Troubles);
            var gabon = Country.Parse("GA");
            var told = outcome.Revisions.Where(revision => revision.Country == gabon && revision.Found.Class != EventClass.Blip).ToList();
            Assert.Single(told.Select(revision => revision.Event).Distinct());
            Assert.Equal(Change.Ended, told[^1].Change);
            Assert.DoesNotContain(outcome.Revisions, revision => revision.Country != gabon && revision.Found.Class != EventClass.Blip);

            using var report = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(output, "reports", $"{told[^1].Id}.json"), cancel));
            Assert.Equal(6, report.RootElement.GetProperty("hypotheses").GetArrayLength());
            Assert.Equal(report.RootElement.GetProperty("score").GetDouble(), report.RootElement.GetProperty("evidence_card").GetProperty("score").GetDouble(), 0.1);
            Assert.True(report.RootElement.TryGetProperty("record", out var record) || report.RootElement.GetProperty("stability").GetProperty("days_of_record").GetInt32() < 30);
            TestContext.Current.TestOutputHelper.WriteLine($"{record}");

            using var database = SqliteDatabase.Open(data);
            var tables = new SqliteTables(database);
            var why = new Why(tables, new Readings(tables), new GuardLog(tables), new Assessments(tables), new EventLog(tables), new Reports(tables), Signals.All, Method.Standard);
            foreach (var (time, passed) in ((string, bool)[])[("2019-01-07T12:00:00Z", true), ("2019-01-05T12:00:00Z", false), ("2019-01-09T06:00:00Z", false)])
            {
                watch.Restart();
                var answer = await why.Of(gabon, Bin.Parse(time), cancel);
                TestContext.Current.TestOutputHelper.WriteLine($"{time}: {answer.Folded} bins folded in {watch.ElapsedMilliseconds} ms");
                TestContext.Current.TestOutputHelper.WriteLine(string.Join('\n', WhyText.Lines(answer)));
                Assert.True(answer.IsAsStored, $"{time}: {answer.Stored}");
                Assert.Equal(passed, answer.Explanation.StoppedBy is null);
                Assert.Equal(passed, answer.Letters.Any(gate => gate.Passed));
                using var json = JsonDocument.Parse(WhyJson.Write(answer));
                Assert.Equal("pharos.why/1", json.RootElement.GetProperty("format").GetString());
            }
            await Assert.ThrowsAsync<ArgumentException>(() => why.Of(gabon, Bin.Parse("2020-01-01T00:00:00Z"), cancel));
            await Assert.ThrowsAsync<ArgumentException>(() => why.Of(Country.Parse("FJ"), Bin.Parse("2019-01-07T12:00:00Z"), cancel));
        }
        finally
        {
            Directory.Delete(data, recursive: true);
            Directory.Delete(output, recursive: true);
        }
    }
}
