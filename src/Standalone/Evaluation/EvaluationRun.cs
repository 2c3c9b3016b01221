namespace Pharos.Standalone;

/// <summary>
/// The verb <c>evaluate</c> without its command line: judges a generated world or a dataset by Pharos and, side by side, by the rules that users
/// have today.
/// </summary>
public sealed class EvaluationRun(Method method)
{
    /// <summary>Whether the rules are measured too.</summary>
    public bool WithRules { get; init; } = true;

    /// <summary>Whether the delay in wall time is measured too.</summary>
    public bool WithWallClock { get; init; } = true;

    /// <summary>Evaluates on a generated world.</summary>
    public Evaluation Of(WorldPlan plan)
    {
        var world = WorldMaker.Make(plan);
        return Of($"world {plan.Seed}: {plan.Countries} countries, {plan.Days} days", world.Series, world.Truth, plan.WarmDays * Bin.PerDay);
    }

    /// <summary>Evaluates on a dataset: a folder with dataset.json, readings.csv and truth.csv.</summary>
    public Evaluation Of(LabelledSeries dataset) => Of(dataset.Name, dataset.Series, dataset.Truth, 0);

    /// <summary>Evaluates on any series with a known truth.</summary>
    /// <param name="name">What the result is called.</param>
    /// <param name="series">The readings.</param>
    /// <param name="truth">What happened.</param>
    /// <param name="warm">Bins at the start in which nothing is judged.</param>
    public Evaluation Of(string name, Series series, IReadOnlyList<TruthEvent> truth, int warm)
    {
        var from = series.First + warm;
        var countryYears = series.Countries.Count * (series.Bins - warm) / (Bin.PerDay * 365.0);
        var indexes = series.Countries.Select((country, index) => (country, index)).ToDictionary(pair => pair.country, pair => pair.index);
        var run = new Lockstep(series, method)
        {
            Keep = truth.GroupBy(known => indexes[known.Country]).ToDictionary(
                group => group.Key, IReadOnlySet<int> (group) => group.Select(known => known.Start - series.First - WallClock.Behind).ToHashSet()),
        };
        run.Run();
        var matching = TruthMatching.Of(truth, run.Predictions(), from);
        var detectors = new List<Measured> { new("Pharos", matching, countryYears, States(series, truth, run, warm), WallDelays(series, run, matching, indexes)) };
        if (WithRules)
            detectors.AddRange(Rules(series).Select(rule => new Measured(rule.Name, TruthMatching.Of(truth, rule.Said, from), countryYears, null, [])));
        return new Evaluation(name, method.Version, truth.Count, detectors);
    }

    private double[] WallDelays(Series series, Lockstep run, TruthMatching matching, Dictionary<Country, int> indexes)
    {
        if (!WithWallClock)
            return [];
        var clock = new WallClock(series, run);
        return [.. matching.Events.Where(found => found.IsHit && found.Truth.IsMajor && found.Truth.Class != TroubleKind.Ramp).AsParallel().AsOrdered()
            .Select(found => clock.Delay(indexes[found.Truth.Country], found)).OfType<double>()];
    }

    private static StateConfusion States(Series series, IReadOnlyList<TruthEvent> truth, Lockstep run, int warm) =>
        StateConfusion.Of(Enumerable.Range(0, series.Countries.Count).SelectMany(country =>
        {
            var known = TruthStates.Of([.. truth.Where(happened => happened.Country == series.Countries[country])], series.First, series.Bins);
            var given = run.StatesOf(country).ToArray();
            return Enumerable.Range(warm, series.Bins - warm).Where(bin => known[bin] is not null).Select(bin => (known[bin]!.Value, given[bin]));
        }));

    private static List<(string Name, IReadOnlyList<Prediction> Said)> Rules(Series series)
    {
        var said = series.Countries.Select((country, index) => (country, index)).AsParallel().AsOrdered()
            .Select(pair => new RuleSet().Judge(pair.country, series.First, series.Signals, [.. series.Signals.Select((_, signal) => series.Of(pair.index, signal))])).ToList();
        return [.. new RuleSet().Rules.Select((rule, index) => (rule.Name, (IReadOnlyList<Prediction>)[.. said.SelectMany(country => country[index])]))];
    }
}
