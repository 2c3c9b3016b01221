namespace Pharos.Pipeline;

/// <summary>The bookkeeping of one collection while it runs.</summary>
internal sealed class Sweep(SourceRun run)
{
    private readonly Dictionary<Country, Bin> earliest = [];
    private readonly List<string> failures = [];
    private Interval span;
    private Bin? newest;
    private int rejectsKept;

    public SourceRun Run { get; private set; } = run;

    /// <summary>As many of some rejects as may still be stored.</summary>
    public IReadOnlyList<Reject> Keep(IReadOnlyList<Reject> rejects)
    {
        var kept = rejects.Take(Collector.MostRejects - rejectsKept).ToList();
        rejectsKept += kept.Count;
        return kept;
    }

    /// <summary>
    /// Takes a window in: the countries heard advance to its end, unless they were heard further before; the others wait where they are.
    /// </summary>
    public void Add(Interval window, IReadOnlyList<Country> heard, Collected collected, Written written, DateTimeOffset now)
    {
        span = span == default ? window : new Interval(Min(window.Start, span.Start), Max(window.End, span.End));
        foreach (var (country, bin) in written.Earliest)
            earliest[country] = earliest.TryGetValue(country, out var before) && before < bin ? before : bin;
        if (!(newest >= written.Newest))
            newest = written.Newest ?? newest;
        failures.AddRange(collected.Failures);

        var marks = new SortedDictionary<string, DateTimeOffset>(Run.Marks.ToDictionary(), StringComparer.Ordinal);
        foreach (var country in heard)
            if (!marks.TryGetValue(country.Code, out var mark) || mark < window.End)
                marks[country.Code] = window.End;
        foreach (var country in collected.Unheard)
            marks.TryAdd(country.Code, window.Start);
        Run = Run with
        {
            Marks = marks,
            Answers = Run.Answers + collected.Answers,
            Failures = Run.Failures + collected.Failures.Count,
            Changed = Run.Changed + written.Changed,
            Late = Run.Late + written.Late,
            Rejected = Run.Rejected + collected.Rejected,
            LastSuccess = collected.Answers > 0 ? now : Run.LastSuccess,
            LastFailure = collected.Failures.Count > 0 ? now : Run.LastFailure,
            Reason = collected.Failures.Count > 0 ? collected.Failures[^1] : Run.Reason,
            FailingSince = Run.Answers + collected.Answers > 0 ? null : collected.Failures.Count > 0 ? Run.FailingSince ?? now : Run.FailingSince,
        };
    }

    private static DateTimeOffset Min(DateTimeOffset left, DateTimeOffset right) => left < right ? left : right;

    private static DateTimeOffset Max(DateTimeOffset left, DateTimeOffset right) => left > right ? left : right;

    public SourceRun Reread(DateTimeOffset until) => Run = Run with { Reread = until };

    /// <summary>Notes from where on readings may change, before the first does.</summary>
    public SourceRun Open(DateTimeOffset from) => Run = Run with { Unjudged = Run.Unjudged < from ? Run.Unjudged : from };

    public Swept Swept(DateTimeOffset? doubt, string? version) => new(Run.Source, span, earliest, newest, Run, failures, doubt, version);
}
