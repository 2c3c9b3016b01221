using System.Collections.Concurrent;
using System.Globalization;

namespace Pharos.Standalone.Tests;

/// <summary>A scenario's country as the detector judges it when its series are folded directly: no storage, no lags, no late data.</summary>
internal sealed class Judged
{
    private static readonly ConcurrentDictionary<string, Lazy<Scenario>> Told = new();
    private static readonly ConcurrentDictionary<(string, string), Lazy<Judged>> Known = new();

    private readonly Scenario scenario;
    private readonly CountrySeries series;
    private readonly ScenarioProbe[] probes;

    private Judged(Scenario scenario, string code)
    {
        this.scenario = scenario;
        series = scenario.SeriesOf(code)!;
        probes = [.. scenario.Probes.Where(probe => probe.Nation.Country.Code == code && probe.Lost is null)];
        Country = Country.Parse(code);
        State = new CountryState(Country, Signals.All, Method.Standard);
        var assessments = new List<Assessment>();
        var revisions = new List<Revision>();
        var live = Bin.Containing(scenario.LiveFrom);
        for (var bin = First; bin <= Last; bin += 1)
        {
            Detector.Fold(State, bin, Readings(bin), Verdicts(bin));
            assessments.Add(State.Assessment());
            if (bin >= live)
                Tell(revisions, bin);
        }
        (Assessments, Revisions) = (assessments, revisions);
    }

    public Country Country { get; }

    public CountryState State { get; }

    public Bin First => series.First;

    public Bin Last => Bin.Containing(scenario.Period.End) - 1;

    public IReadOnlyList<Assessment> Assessments { get; }

    /// <summary>What the ledger told from the start of the live period on, had it looked after each bin.</summary>
    public IReadOnlyList<Revision> Revisions { get; }

    public IReadOnlyList<FoundEvent> Events => State.Events();

    public static Judged Of(string scenario, string code) => Known.GetOrAdd(
        (scenario, code), key => new Lazy<Judged>(() => new Judged(Told.GetOrAdd(key.Item1, name => new Lazy<Scenario>(() => Scenarios.ByName(name))).Value, key.Item2))).Value;

    public Assessment At(string time) => Assessments[At(Bin.Parse(time))];

    public IEnumerable<Assessment> Between(string from, string until) => Assessments.Skip(At(Bin.Parse(from))).Take(Bin.Parse(until) - Bin.Parse(from));

    /// <summary>The events that overlap a span, without blips.</summary>
    public IReadOnlyList<FoundEvent> Grave => [.. Events.Where(found => found.Class != EventClass.Blip)];

    /// <summary>The state before a bin, by folding again.</summary>
    public CountryState Before(Bin until)
    {
        var state = new CountryState(Country, Signals.All, Method.Standard);
        for (var bin = First; bin < until; bin += 1)
            Detector.Fold(state, bin, Readings(bin), Verdicts(bin));
        return state;
    }

    public IReadOnlyList<Hypothesis> Weighed(FoundEvent found) => HypothesisWeighing.Of(FeaturesOf(found));

    public EventFeatures FeaturesOf(FoundEvent found) => FeatureReading.Of(
        found, Assessments, [.. Events.Where(other => other.Start < found.Start)], Country.Facts.TimeZones[0], Last);

    /// <summary>States in order, each with the bin it began in.</summary>
    public string Course(string from) => string.Join(
        '\n', Assessments.Where(one => one.Bin >= Bin.Parse(from)).Aggregate(new List<Assessment>(), (list, next) =>
        {
            if (list.Count == 0 || list[^1].State != next.State || list[^1].Now != next.Now)
                list.Add(next);
            return list;
        }).Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Bin} {one.State} {one.Now} score {one.Score:F1} conf {one.Confidence:F2} cov {one.Coverage:F2} {one.Flags}")));

    public Reading[] Readings(Bin bin)
    {
        var at = bin - First;
        var nation = series.Nation;
        return
        [
            Reading.Of(series.PrefixesV4[at]),
            nation.PrefixesV6 > 0 ? Reading.Of(series.PrefixesV6[at]) : default,
            Reading.Of(series.Asns[at]),
            Reading.Of(series.Slash24[at]),
            at % 2 == 0 ? Reading.Of(series.PingUp[at / 2]) : default,
            probes.Length > 0 ? Reading.Of(Connected(bin), probes.Length) : default,
            default,
            Reading.Of(series.Telescope[at]),
            series.Search.Length > 0 && at % 6 == 0 ? Reading.Of(series.Search[at / 6]) : default,
        ];
    }

    public GuardVerdict[] Verdicts(Bin bin) =>
        [.. Signals.All.Select(signal => scenario.FaultsOf(signal.Name).Any(fault => fault.When.Contains(bin.Start)) ? GuardVerdict.None with { Withdrawn = true, Why = "the scenario's fault" } : GuardVerdict.None)];

    private int Connected(Bin bin)
    {
        var end = bin.End.ToUnixTimeSeconds();
        return probes.Count(probe => !probe.Cuts.Any(cut => cut.BreaksSession && cut.Lost < end && end <= cut.Back));
    }

    private void Tell(List<Revision> revisions, Bin bin)
    {
        var told = revisions.GroupBy(revision => revision.Event).Select(group => group.Last()).OrderBy(revision => revision.Found.Start).ToList();
        var found = State.Events().Where(one => one.Detected >= Bin.Containing(scenario.LiveFrom)).ToList();
        if (found.Count > 0)
            revisions.AddRange(Ledger.Reconcile(Country, told, found, bin, bin.End.AddMinutes(1), Method.Standard.Version));
    }

    private int At(Bin bin) => bin - First;
}
