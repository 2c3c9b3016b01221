using System.Globalization;

namespace Pharos.Outages.Tests;

public class RealSeriesTests
{
    [Fact]
    public void Iraq_august_2023_shows_eight_nightly_shutdowns_and_nothing_else()
    {
        var folder = Path.GetDirectoryName(Shared.Require("series", "iraq-2023-08", "readings.csv"))!;
        Signal[] signals = [Signals.IodaBgp, Signals.IodaPing, Signals.IodaTelescope, Signals.IodaSearch];
        var readings = File.ReadLines(Path.Combine(folder, "readings.csv")).Skip(1).Select(line => line.Split(',')).Where(f => f[3].Length > 0)
            .ToDictionary(f => (f[2], Bin.Parse(f[0]).Number), f => double.Parse(f[3], CultureInfo.InvariantCulture));
        var first = Bin.Parse("2023-08-20T01:00:00Z");
        var last = Bin.Parse("2023-08-30T04:55:00Z");
        var state = new CountryState(Country.Parse("IQ"), signals, Method.Standard);
        var verdicts = signals.Select(_ => GuardVerdict.None).ToArray();
        State? before = null;
        for (var bin = first; bin <= last; bin += 1)
        {
            Detector.Fold(state, bin, [.. signals.Select(s => readings.TryGetValue((s.Name, bin.Number), out var v) ? Reading.Of(v) : default)], verdicts);
            var found = state.Assessment();
            if (found.State != before)
                TestContext.Current.TestOutputHelper!.WriteLine($"{bin} {found.State} {found.Now} {found.Score:F1} conf {found.Confidence:F2} cov {found.Coverage:F2} G {found.Evidence:F1} " +
                    string.Join(' ', found.Signals.Select(s => $"{s.Signal.Name}:{s.Loss:F2}/{s.Evidence:F1}/{s.Weight:F2}")));
            before = found.State;
        }
        foreach (var e in state.Events())
            TestContext.Current.TestOutputHelper!.WriteLine($"{e.Start} det {e.Detected} {e.End} {e.Class} {e.Depth:F2} {e.Dips.Count} {string.Join(';', e.Dips.Select(d => $"{d.Start}-{d.End} {d.Peak:F2}"))}");
        Assert.NotEmpty(state.Events());
    }
}
