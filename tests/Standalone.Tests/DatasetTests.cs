using System.Globalization;
using System.Text;

namespace Pharos.Standalone.Tests;

public class DatasetTests
{
    [Fact]
    public async Task A_value_an_hour_is_judged_in_every_bin_from_the_first_on()
    {
        var folder = Directory.CreateTempSubdirectory("pharos-hourly-").FullName;
        var start = Bin.Parse("2026-03-01T04:00:00Z");
        var rows = new StringBuilder("time,country,signal,value,coverage\n");
        for (var hour = 0; hour < 48; hour++)
            rows.Append(CultureInfo.InvariantCulture, $"{start + (hour * Bin.PerHour)},VE,ours.index,{(hour is >= 40 and < 44 ? 5 : 98 + (hour % 3))},13\n");
        await File.WriteAllTextAsync(Path.Combine(folder, "readings.csv"), rows.ToString());
        await File.WriteAllTextAsync(Path.Combine(folder, "dataset.json"), """
            {"name":"hourly","title":"A value an hour","countries":["VE"],"from":"2026-03-01T04:00:00Z","to":"2026-03-03T04:00:00Z",
             "signals":[{"name":"ours.index","plane":"data","cadence_seconds":3600,"unit":"mean index 0-100"}]}
            """);
        var output = Path.Combine(folder, "out");
        var outcome = await Replay.Run(Past.Of(folder), Path.Combine(folder, "data"), null, output, [], _ => { }, default);

        var times = (await File.ReadAllLinesAsync(Path.Combine(output, "assessments.jsonl"))).Select(line => Bin.Parse(line.Substring("{\"time\":\"".Length, 20))).ToList();
        Assert.Equal(start, times[0]);
        Assert.Equal(Enumerable.Range(0, times.Count), times.Select(time => time - start));
        Assert.InRange(times.Count, 47 * Bin.PerHour, (48 * Bin.PerHour) + 1);
        var found = Assert.Single(outcome.Revisions.GroupBy(revision => revision.Event)).Last().Found;
        Assert.Equal(start + (40 * Bin.PerHour), found.Start);
        Assert.Equal(start + (44 * Bin.PerHour), found.End);
        Directory.Delete(folder, recursive: true);
    }
}
