using System.Diagnostics;
using System.Globalization;

// What a fold costs, beside what the naive rule costs in the same run: figures of one machine mean little, ratios travel.
// Not part of the tests: dotnet run -c Release --project tests/Benchmarks; with "routing" behind it, what reading routing data costs.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is ["routing"])
    return RoutingSpeed.Measure() ? 0 : 1;
var world = WorldMaker.Make(new WorldPlan(1, Countries: 6, Days: 40) { EventsPer90Days = 0, Faults = false });
var series = world.Series;
var quiet = series.Signals.Select(_ => GuardVerdict.None).ToArray();
var readings = new Reading[series.Signals.Count];

// The first pass compiles; the second, on new states, is measured after 30 days of warming up.
_ = Fold(warm: 30);
var (fold, bytes) = Fold(warm: 30);
var naive = Naive();
var sliding = Sliding();
var yearly = 249L * 365 * Bin.PerDay;
Console.WriteLine($"fold            {fold,8:F2} µs per country-bin with 6 signals; {bytes:F2} bytes allocated per bin; a year of 249 countries: {fold * yearly / 1e6:F0} s on one core");
Console.WriteLine($"naive rule      {naive,8:F2} µs per country-bin: sorts 7 days of each signal in every bin; {naive / fold:F1} × the fold");
Console.WriteLine($"sliding rule    {sliding,8:F2} µs per country-bin: the same median kept sorted; {sliding / fold:F2} × the fold");
return fold <= 5 && bytes < 1 ? 0 : 1;

(double Micros, double Bytes) Fold(int warm)
{
    var states = series.Countries.Select(country => new CountryState(country, series.Signals, Method.Standard)).ToArray();
    Run(0, warm * Bin.PerDay);
    var (start, before) = (Stopwatch.GetTimestamp(), GC.GetAllocatedBytesForCurrentThread());
    Run(warm * Bin.PerDay, series.Bins);
    var (took, allocated) = (Stopwatch.GetElapsedTime(start), GC.GetAllocatedBytesForCurrentThread() - before);
    var folds = (double)states.Length * (series.Bins - (warm * Bin.PerDay));
    return (took.TotalMicroseconds / folds, allocated / folds);

    void Run(int from, int until)
    {
        for (var country = 0; country < states.Length; country++)
            for (var bin = from; bin < until; bin++)
            {
                series.At(country, bin, readings);
                Detector.Fold(states[country], series.First + bin, readings, quiet);
            }
    }
}

double Naive()
{
    const int window = 7 * Bin.PerDay, bins = 200;
    var copy = new float[window];
    var low = 0;
    var start = Stopwatch.GetTimestamp();
    for (var bin = window; bin < window + bins; bin++)
        for (var signal = 0; signal < series.Signals.Count; signal++)
        {
            var count = 0;
            foreach (var value in series.Of(0, signal).AsSpan(bin - window, window))
                if (!float.IsNaN(value))
                    copy[count++] = value;
            copy.AsSpan(0, count).Sort();
            low += count > 0 && series.Of(0, signal)[bin] < 0.5f * copy[count / 2] ? 1 : 0;
        }
    GC.KeepAlive(low);
    return Stopwatch.GetElapsedTime(start).TotalMicroseconds / bins;
}

double Sliding()
{
    _ = RuleMeasures.SevenDayRatio(series.Of(0, 0));
    var start = Stopwatch.GetTimestamp();
    for (var signal = 0; signal < series.Signals.Count; signal++)
        _ = RuleMeasures.SevenDayRatio(series.Of(0, signal));
    return Stopwatch.GetElapsedTime(start).TotalMicroseconds / series.Bins;
}
