using System.Globalization;

namespace Pharos.Outages.Tests;

/// <summary>Real outages as they were measured, with the times that were published.</summary>
public class RealSeriesTests
{
    [Fact]
    public void Iraq_august_2023_shows_eight_nightly_shutdowns_within_ten_minutes_and_nothing_else()
    {
        var (judged, truth) = Fold("iraq-2023-08", [Signals.IodaBgp, Signals.IodaPing, Signals.IodaTelescope, Signals.IodaSearch]);
        var events = judged.State.Events();
        var outages = truth.Where(row => row.Class == "outage").ToList();
        Assert.Equal(8, outages.Count);
        Assert.Equal(8, events.Count);
        foreach (var (outage, found) in outages.Zip(events))
        {
            Assert.InRange(found.Start - outage.From, -2, 2);
            Assert.InRange(found.Detected - outage.From, 0, 2);
        }
    }

    [Fact]
    public void Venezuela_july_2019_is_impaired_then_out_then_recovering_over_its_linear_return()
    {
        var index = new Signal("monash.connectivity", SignalKind.Ping, Plane.Data, TimeSpan.FromHours(1), TimeSpan.Zero, "mean index 0-100");
        var (judged, truth) = Fold("venezuela-2019-07", [index]);
        var recovering = truth.Single(row => row.Class == "recovering");
        var found = Assert.Single(judged.State.Events());
        Assert.InRange(found.Start - truth.Single(row => row.Class == "worsening").From, 0, Bin.PerHour);

        var course = judged.Bins.Where(each => each.Bin >= found.Start).ToList();
        var outage = course.First(each => each.State == State.Outage).Bin;
        Assert.Contains(course, each => each.Bin < outage && each.Now == Now.Impaired);
        Assert.True(outage <= truth.Single(row => row.Class == "outage").From);
        // Whoever comes back slowly is recovering, not well: most of the published return, and never out again.
        var back = course.Where(each => each.Bin >= recovering.From && each.Bin < recovering.Until).ToList();
        Assert.True(back.Count(each => each.State == State.Recovering) >= 0.4 * back.Count);
        var first = back.First(each => each.State == State.Recovering).Bin;
        Assert.DoesNotContain(course, each => each.Bin > first && each.State == State.Outage);
        Assert.DoesNotContain(back, each => each.State == State.Stable && each.Now == Now.Impaired);
    }

    [Fact]
    public void Bago_2021_every_nightly_cut_is_found_at_seven_answers_an_hour_and_never_learned_as_normal()
    {
        var answers = new Signal("monash.responses", SignalKind.Answers, Plane.Data, TimeSpan.FromHours(1), TimeSpan.Zero, "answers per hour");
        var (judged, truth) = Fold("bago-2021", [answers]);
        var nights = truth.Where(row => row.Class == "outage").ToList();
        var events = judged.State.Events();
        var dips = events.SelectMany(found => found.Dips).ToList();
        Assert.Equal(72, nights.Count);
        Assert.All(nights, night => Assert.Contains(dips, dip => dip.Start < night.Until && !(dip.End <= night.From)));
        Assert.All(events, found => Assert.Contains(nights, night => found.Start < night.Until && !(found.End <= night.From)));
        // A day of twelve weeks of cuts is still expected to be as lively as before the first.
        Assert.InRange(judged.State.Assessment().Signals[0].Expected!.Value, 5, 9);
    }

    private static (Judged Judged, List<(Bin From, Bin Until, string Class)> Truth) Fold(string name, Signal[] signals)
    {
        var folder = Path.GetDirectoryName(Shared.Require("series", name, "readings.csv"))!;
        var rows = File.ReadLines(Path.Combine(folder, "readings.csv")).Skip(1).Select(line => line.Split(',')).ToList();
        var values = rows.Where(row => row[3].Length > 0).ToDictionary(row => (row[2], Bin.Parse(row[0])), row => Reading.Of(
            double.Parse(row[3], CultureInfo.InvariantCulture), row[4].Length > 0 ? (int)double.Parse(row[4], CultureInfo.InvariantCulture) : null));
        var state = new CountryState(Country.Parse(rows[0][1]), signals, Method.Standard);
        var verdicts = signals.Select(_ => GuardVerdict.None).ToArray();
        var bins = new List<(Bin, State, Now)>();
        for (var bin = Bin.Parse(rows[0][0]); bin <= Bin.Parse(rows[^1][0]); bin += 1)
        {
            Detector.Fold(state, bin, [.. signals.Select(signal => values.GetValueOrDefault((signal.Name, bin)))], verdicts);
            var found = state.Assessment();
            bins.Add((bin, found.State, found.Now));
        }
        var truth = File.ReadLines(Path.Combine(folder, "truth.csv")).Skip(1).Select(line => line.Split(','))
            .Select(row => (Moment(row[1]), Moment(row[2]), row[3])).ToList();
        return (new Judged(state, bins), truth);
    }

    private static Bin Moment(string text) => Bin.Containing(DateTimeOffset.Parse(text, CultureInfo.InvariantCulture));

    private sealed record Judged(CountryState State, List<(Bin Bin, State State, Now Now)> Bins);
}
