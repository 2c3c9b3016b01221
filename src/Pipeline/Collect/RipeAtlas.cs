using System.Globalization;

namespace Pharos.Pipeline;

/// <summary>
/// RIPE Atlas: how many probes of a country are connected (the connection log, measurement 7000, told on from the list of probes), and what
/// share of their built-in pings to k-root (measurement 1001) is answered.
/// </summary>
public sealed class RipeAtlas(Fetcher fetcher, Rosters rosters) : ISource
{
    private const string Api = "https://atlas.ripe.net/api/v2";
    private const long Connections = 7000, KRoot = 1001;

    // As the official client splits its id lists.
    private const int IdsPerQuestion = 500, LettersPerQuestion = 5000, WorthTwo = 100;
    private const int MostPages = 50;

    /// <inheritdoc/>
    public string Name => "ripe-atlas";

    /// <inheritdoc/>
    public IReadOnlyList<Signal> Signals { get; } = [Pharos.Outages.Signals.AtlasConnected, Pharos.Outages.Signals.AtlasPing];

    /// <summary>Most probes per country whose pings are read; the lowest ids, so that the choice is steady.</summary>
    public int PingProbes { get; init; } = 8;

    /// <summary>Six hours of pings of all countries are about 80 MB in four answers.</summary>
    public TimeSpan LongestWindow => TimeSpan.FromHours(6);

    /// <summary>Most events and results come within minutes; the rest is read again at the settle lag.</summary>
    public TimeSpan Overlap => TimeSpan.FromMinutes(15);

    /// <inheritdoc/>
    public async Task<Collected> Collect(Interval window, DateTimeOffset? heard, IReadOnlyList<Country> countries, CancellationToken cancel)
    {
        var basket = new Basket();
        var known = await ReadRosters(window, countries, basket, cancel);

        var (events, answered) = await AskConnections(window, known, basket, cancel);
        foreach (var roster in known.Where(roster => answered.Contains(roster.Country)))
            foreach (var reading in roster.Read(events, window))
                basket.Add(reading);

        foreach (var reading in await AskPings(window, known, basket, cancel))
            basket.Add(reading);

        var settled = Rosters.Moment(window.End - Overlap).ToUnixTimeSeconds();
        var advanced = known.Where(roster => answered.Contains(roster.Country)).Select(roster => roster.Advance(events, settled)).ToList();
        return basket.Collected(token => rosters.Write(advanced, token));
    }

    /// <summary>The question for the probes of a country.</summary>
    public static Uri AskProbes(Country country) =>
        new($"{Api}/probes/?country_code={country}&page_size=500&fields=id,status,status_since,country_code,asn_v4,is_public");

    /// <summary>The question for results of some probes.</summary>
    public static Uri AskResults(long measurement, long start, long stop, IEnumerable<int> probes) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"{Api}/measurements/{measurement}/results/?start={start}&stop={stop}&probe_ids={string.Join(',', probes)}&format=txt"));

    private async Task<IReadOnlyList<ProbeRoster>> ReadRosters(Interval window, IReadOnlyList<Country> countries, Basket basket, CancellationToken cancel)
    {
        var stored = await rosters.Read(window.Start, countries, cancel);
        var now = window.End.ToUnixTimeSeconds();
        var all = await Task.WhenAll(countries.Select(async country =>
        {
            var roster = stored.GetValueOrDefault(country);
            if (roster is not null && now - roster.Listed < ListAge(country))
                return roster;
            if (await List(country, basket, unheard: roster is null, cancel) is not { } probes)
                return roster;
            return roster?.Refresh(now, probes) ?? ProbeRoster.Seed(country, Rosters.Moment(window.Start).ToUnixTimeSeconds(), now, probes);
        }));
        return [.. all.OfType<ProbeRoster>()];
    }

    // The lists are a day old at most, and not all asked for in the same sweep.
    private static long ListAge(Country country) => 86_400 - (((country.Code[0] * 26) + country.Code[1]) % 72 * 600);

    private async Task<IReadOnlyList<ListedProbe>?> List(Country country, Basket basket, bool unheard, CancellationToken cancel)
    {
        var probes = new List<ListedProbe>();
        var first = AskProbes(country);
        var seen = new HashSet<Uri>();
        for (var next = first; next is not null;)
        {
            if (next.Host != first.Host || next.Scheme != first.Scheme || !seen.Add(next) || seen.Count > MostPages)
            {
                lock (basket)
                    basket.Fail($"probes of {country}: the next page leads nowhere ({next.Host})", unheard ? [country] : []);
                return null;
            }
            var answer = await fetcher.Fetch(Name, next, cancel);
            var page = answer.Ok ? ProbesPage.Parse(answer.Bytes, country) : null;
            bool useful;
            lock (basket)
                useful = basket.Add($"probes of {country}", answer, page?.Sieve, unheard ? [country] : []);
            if (!useful)
                return null;
            probes.AddRange(page!.Probes);
            next = page.Next;
        }
        return probes;
    }

    private async Task<(IReadOnlyList<ProbeEvent> Events, HashSet<Country> Heard)> AskConnections(
        Interval window, IReadOnlyList<ProbeRoster> known, Basket basket, CancellationToken cancel)
    {
        var asked = known.SelectMany(roster => roster.Probes.Select(probe => (roster.Country, probe.Id)));
        var start = known.Select(roster => roster.At).DefaultIfEmpty(window.Start.ToUnixTimeSeconds()).Min();
        var heard = known.Select(roster => roster.Country).ToHashSet();
        var events = new List<ProbeEvent>();
        foreach (var (some, countries, answer, log) in await AskAll(
            Connections, start, window, asked, answer => answer.Ok ? ConnectionLog.Parse(answer.Bytes.Span, window) : null, cancel))
        {
            if (log is not null)
                events.AddRange(log.Events);
            if (basket.Add($"connections of {some} probes", answer, log?.Sieve, countries) && log is { Sieve.Cut: false })
                continue;
            if (log is { Sieve.Cut: true })
                basket.Fail($"connections of {some} probes: the answer was cut", countries);
            heard.ExceptWith(countries);
        }
        return (events, heard);
    }

    private async Task<IEnumerable<SignalReading>> AskPings(Interval window, IReadOnlyList<ProbeRoster> known, Basket basket, CancellationToken cancel)
    {
        var chosen = known.Select(roster => (roster.Country, Probes: Choose(roster))).Where(each => each.Probes.Count > 0).ToList();
        var asked = chosen.SelectMany(each => each.Probes.Select(probe => (each.Country, probe)));
        var counted = await AskAll(KRoot, window.Start.ToUnixTimeSeconds(), window, asked, answer =>
        {
            var share = new PingShare(window, chosen);
            return (Share: share, Sieve: answer.Ok ? share.Add(answer.Bytes.Span, KRoot) : null);
        }, cancel);
        var all = new PingShare(window, chosen);
        foreach (var (some, countries, answer, (share, sieve)) in counted)
        {
            all.Add(share);
            if (basket.Add($"pings of {some} probes", answer, sieve, countries) && sieve is { Cut: true })
                basket.Fail($"pings of {some} probes: the answer was cut", countries);
        }
        return all.Read();
    }

    // A probe that has been away for a week has most likely been unplugged; it answers for its country last.
    private IReadOnlyList<int> Choose(ProbeRoster roster) =>
    [
        .. roster.Probes.OrderBy(probe => !probe.Connected && roster.At - probe.Since > 7 * 86_400).ThenBy(probe => probe.Id)
            .Take(Math.Min(PingProbes, PingShare.MostProbes)).Select(probe => probe.Id),
    ];

    /// <summary>Asks about all probes and reads each answer as it comes.</summary>
    private async Task<IReadOnlyList<(int Probes, IReadOnlySet<Country> Countries, Answer Answer, T Read)>> AskAll<T>(
        long measurement, long start, Interval window, IEnumerable<(Country Country, int Probe)> asked, Func<Answer, T> read, CancellationToken cancel) =>
        await Task.WhenAll(Split([.. asked]).Select(async some =>
        {
            var answer = await fetcher.Fetch(Name, AskResults(measurement, start, window.End.ToUnixTimeSeconds(), some.Select(each => each.Probe)), cancel);
            return (some.Count, (IReadOnlySet<Country>)some.Select(each => each.Country).ToHashSet(), answer, read(answer));
        }));

    /// <summary>Questions of a length that the server takes; two for many probes, so that one is read while the other comes.</summary>
    private static IEnumerable<List<(Country Country, int Probe)>> Split(IReadOnlyList<(Country Country, int Probe)> asked)
    {
        var most = asked.Count < WorthTwo ? IdsPerQuestion : Math.Min(IdsPerQuestion, (asked.Count + 1) / 2);
        var some = new List<(Country, int)>();
        var letters = 0;
        foreach (var each in asked)
        {
            var length = each.Probe.ToString(CultureInfo.InvariantCulture).Length + 1;
            if (some.Count == most || letters + length > LettersPerQuestion - 150)
            {
                yield return some;
                (some, letters) = ([], 0);
            }
            some.Add(each);
            letters += length;
        }
        if (some.Count > 0)
            yield return some;
    }
}
