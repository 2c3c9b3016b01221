namespace Pharos.Pipeline;

/// <summary>A probe at a moment.</summary>
/// <param name="Id">Id of the probe.</param>
/// <param name="Connected">Whether it is connected, from <paramref name="Since"/> on.</param>
/// <param name="Since">Unix seconds. When this lies after the roster's moment, what came before is not known.</param>
public readonly record struct Probe(int Id, bool Connected, long Since);

/// <summary>The probes of a country at a moment: the start from which the connection log is told on.</summary>
/// <param name="Country">Which country.</param>
/// <param name="At">The moment, unix seconds.</param>
/// <param name="Listed">End of the window in which the list of probes was last asked for, unix seconds.</param>
/// <param name="Probes">By id, each once: the denominator.</param>
public sealed record ProbeRoster(Country Country, long At, long Listed, IReadOnlyList<Probe> Probes)
{
    /// <summary>A roster from a list of probes as it is now, told as of an earlier moment.</summary>
    public static ProbeRoster Seed(Country country, long at, long listed, IEnumerable<ListedProbe> probes) =>
        new(country, at, listed, [.. InOrder(probes).Select(probe => new Probe(probe.Id, probe.Connected, probe.Since))]);

    /// <summary>
    /// The same roster with a newer list: new probes come in, those no longer in the denominator go, and a change that the log did not tell is
    /// taken from the list.
    /// </summary>
    public ProbeRoster Refresh(long listed, IEnumerable<ListedProbe> probes)
    {
        var known = Probes.ToDictionary(probe => probe.Id);
        return new ProbeRoster(Country, At, listed,
        [
            .. InOrder(probes).Select(probe =>
                known.TryGetValue(probe.Id, out var before) && (probe.Since > At || before.Since >= probe.Since)
                    ? before
                    : new Probe(probe.Id, probe.Connected, probe.Since)),
        ]);
    }

    /// <summary>
    /// 1. Tell each probe's story over the window from its state here and the events since; repeats are harmless, and before the first event of
    /// a probe whose state was not known it was the opposite. 2. Count at the end of each bin. A probe still unknown there stands in neither
    /// figure. Without any probe there is no vantage point, which is not zero.
    /// </summary>
    /// <param name="events">By probe and time; those of other probes and from before this moment are passed over.</param>
    /// <param name="window">The bins to read.</param>
    public IEnumerable<SignalReading> Read(IReadOnlyList<ProbeEvent> events, Interval window)
    {
        var bins = window.Bins.ToArray();
        var connected = new int[bins.Length + 1];
        var known = new int[bins.Length + 1];
        foreach (var (probe, from, to) in Tell(events, window.End.ToUnixTimeSeconds()))
        {
            var (first, end) = (FirstEnding(bins, from), FirstEnding(bins, to));
            known[first]++;
            known[end]--;
            if (probe.Connected)
            {
                connected[first]++;
                connected[end]--;
            }
        }
        for (var (i, up, all) = (0, 0, 0); i < bins.Length; i++)
        {
            up += connected[i];
            all += known[i];
            if (all > 0)
                yield return new SignalReading(Country, Signals.AtlasConnected, bins[i], Reading.Of(up, all));
            else if (Probes.Count == 0)
                yield return new SignalReading(Country, Signals.AtlasConnected, bins[i], Reading.Missing(Gap.NoVantagePoints));
        }
    }

    /// <summary>The roster at a later moment.</summary>
    public ProbeRoster Advance(IReadOnlyList<ProbeEvent> events, long to)
    {
        if (to <= At)
            return this;
        var last = Tell(events, to).GroupBy(each => each.Probe.Id).ToDictionary(each => each.Key, each => each.Last().Probe);
        return this with { At = to, Probes = [.. Probes.Select(probe => last.GetValueOrDefault(probe.Id, probe))] };
    }

    private static IEnumerable<ListedProbe> InOrder(IEnumerable<ListedProbe> probes) =>
        probes.DistinctBy(probe => probe.Id).OrderBy(probe => probe.Id);

    // Spans of known state, each probe's in order, from this moment until `to`.
    private IEnumerable<(Probe Probe, long From, long To)> Tell(IReadOnlyList<ProbeEvent> events, long to)
    {
        var own = events.Where(each => each.At >= At && each.At < to).ToLookup(each => each.Probe);
        foreach (var probe in Probes)
        {
            var state = probe;
            var from = At;
            var certain = probe.Since <= At;
            foreach (var each in Heard(probe, own[probe.Id], to))
            {
                if (!certain)
                    state = new Probe(probe.Id, !each.Connects, At);
                if (each.At > from)
                    yield return (state, from, each.At);
                if (!certain || each.Connects != state.Connected)
                    state = new Probe(probe.Id, each.Connects, each.At);
                (from, certain) = (each.At, true);
            }
            if (certain && to > from)
                yield return (state, from, to);
        }
    }

    // A change that only the list knows is an event like the others.
    private IEnumerable<ProbeEvent> Heard(Probe probe, IEnumerable<ProbeEvent> logged, long to) =>
        probe.Since > At && probe.Since < to ? logged.Append(new ProbeEvent(probe.Id, probe.Since, probe.Connected)).Order() : logged;

    // The first bin whose end lies after a moment: the state at that end is what began then.
    private static int FirstEnding(Bin[] bins, long moment)
    {
        if (bins.Length == 0 || moment < bins[0].End.ToUnixTimeSeconds())
            return 0;
        return (int)Math.Min(bins.Length, ((moment - bins[0].End.ToUnixTimeSeconds()) / 300) + 1);
    }
}
