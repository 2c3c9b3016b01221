namespace Pharos.Pipeline;

/// <summary>Where a source puts the answers of one window together.</summary>
internal sealed class Basket
{
    // A source that is behind for longer than this is no longer waited for: one dead series must not hold up the others.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private readonly List<SignalReading> readings = [];
    private readonly List<Reject> rejects = [];
    private readonly List<string> failures = [];
    private readonly HashSet<Country> unheard = [];
    private int answers;
    private int rejected;

    /// <summary>Takes an answer in. One that failed or is unusable leaves its countries unheard, and nothing else.</summary>
    /// <returns>Whether it was of use.</returns>
    public bool Add(string about, Answer answer, Sieve? sieve, IEnumerable<Country> countries)
    {
        if (sieve is not null)
        {
            rejected += sieve.Rejected;
            rejects.AddRange(sieve.Rejects.Take(Sieve.MostRejects - Math.Min(rejects.Count, Sieve.MostRejects)));
        }
        if ((answer.Failure?.ToString() ?? sieve?.Unusable) is { } failure)
        {
            Fail($"{about}: {failure}", countries);
            return false;
        }
        answers++;
        if (sieve is not null)
            readings.AddRange(sieve.Readings);
        return true;
    }

    /// <summary>
    /// Leaves countries unheard when the source is further behind than the overlap reaches back; else its late bins would never be read. What
    /// it told counts all the same.
    /// </summary>
    public void Await(string about, Sieve sieve, Interval window, TimeSpan overlap, IEnumerable<Country> countries)
    {
        if (sieve.Latest is { } latest && latest < window.End - overlap && window.Length <= LongestWait)
            Fail($"{about}: the source is behind, its latest is of {latest:yyyy-MM-dd'T'HH:mm:ss'Z'}", countries);
    }

    public void Fail(string failure, IEnumerable<Country> countries)
    {
        failures.Add(failure);
        unheard.UnionWith(countries);
    }

    public void Add(SignalReading reading) => readings.Add(reading);

    public Collected Collected(Func<CancellationToken, Task>? remember = null) => new()
    {
        Readings = readings,
        Rejects = rejects,
        Rejected = rejected,
        Answers = answers,
        Failures = [.. failures.Order(StringComparer.Ordinal)],
        Unheard = unheard,
        Remember = remember,
    };
}
