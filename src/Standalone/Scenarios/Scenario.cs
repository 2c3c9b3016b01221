namespace Pharos.Standalone;

/// <summary>
/// A stretch of the past, told as data and made whole by a seeded generator: what the public platforms would have answered.
/// It never contains recorded answers. The same name and seed give the same bytes everywhere.
/// </summary>
public sealed class Scenario
{
    private readonly Dictionary<string, Lazy<CountrySeries>> series;

    internal Scenario(
        string name, string title, Interval period, DateTimeOffset liveFrom, ulong seed,
        IReadOnlyList<CountryScript> scripts, IReadOnlyList<SourceFault> faults, DateTimeOffset? liveUntil = null)
    {
        Name = name;
        Title = title;
        Period = period;
        LiveFrom = liveFrom;
        LiveUntil = liveUntil ?? period.End;
        Seed = seed;
        Faults = faults;
        Countries = [.. scripts.Select(script => script.Nation.Country).Order()];
        Truth = [.. scripts.SelectMany(script => script.Truths).Concat(faults.Select(fault => fault.Truth))
            .OrderBy(truth => truth.Interval.Start)];
        series = scripts.ToDictionary(script => script.Nation.Country.Code, script => new Lazy<CountrySeries>(() => CountrySeries.Of(script, period, seed)));
        Probes = [.. scripts.SelectMany(script => ScenarioProbe.Of(script, period, seed)).OrderBy(probe => probe.Id)];
    }

    /// <summary>Name by which a user asks for it, for example <c>north-korea-2014</c>.</summary>
    public string Name { get; }

    /// <summary>One line for humans; it says that this is a reconstruction.</summary>
    public string Title { get; }

    /// <summary>The time for which there are answers.</summary>
    public Interval Period { get; }

    /// <summary>A replay fills in whole days up to here and runs five-minute rounds from here on.</summary>
    public DateTimeOffset LiveFrom { get; }

    /// <summary>Where the rounds end, because nothing of the story is left: the rest is filled in day by day.</summary>
    public DateTimeOffset LiveUntil { get; }

    /// <summary>Where chance starts.</summary>
    public ulong Seed { get; }

    /// <summary>The countries, by code.</summary>
    public IReadOnlyList<Country> Countries { get; }

    /// <summary>What happens, with the source of each fact, by start.</summary>
    public IReadOnlyList<Truth> Truth { get; }

    internal IReadOnlyList<SourceFault> Faults { get; }

    internal IReadOnlyList<ScenarioProbe> Probes { get; }

    internal CountrySeries? SeriesOf(string code) => series.GetValueOrDefault(code)?.Value;

    internal SourceFault[] FaultsOf(string source) => [.. Faults.Where(fault => fault.Source == source)];
}
