using System.Runtime.CompilerServices;

namespace Pharos.Pipeline;

/// <summary>The assessments as kept: the latest of every country, and the lines of any span.</summary>
public sealed class Assessments(ITables tables)
{
    /// <summary>The latest assessment of every country as JSON, by country, in one query.</summary>
    public async IAsyncEnumerable<(Country Country, ReadOnlyMemory<byte> Line)> Latest([EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var row in tables.Query(ScoreTables.Heads, ScoreTables.World, from: null, until: null, cancel))
            yield return (Country.Parse(row.Key), row.Body);
    }

    /// <summary>The latest assessment of one country as JSON; null before the first.</summary>
    public async Task<ReadOnlyMemory<byte>?> Latest(Country country, CancellationToken cancel) =>
        (await tables.Read(ScoreTables.Heads, ScoreTables.World, country.Code, cancel))?.Body;

    /// <summary>Whole hours of lines, each line ended by a newline, from the hour of one bin through the hour of another.</summary>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> Hours(Country country, Bin from, Bin through, [EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var row in tables.Query(ScoreTables.Assessments, country.Code, ScoreTables.HourKey(from.Hour), ScoreTables.HourKey(through.Hour + 1), cancel))
            yield return row.Body;
    }

    /// <summary>The assessments of a span, in order.</summary>
    public async Task<IReadOnlyList<Assessment>> Read(Country country, Bin from, Bin through, IReadOnlyList<Signal> signals, CancellationToken cancel)
    {
        var found = new List<Assessment>();
        await foreach (var hour in Hours(country, from, through, cancel))
            foreach (var line in Lines(hour))
                if (AssessmentJson.Read(line, signals) is var assessment && assessment.Bin >= from && assessment.Bin <= through)
                    found.Add(assessment);
        return found;
    }

    /// <summary>First hour of the record of a country; null without one.</summary>
    public async Task<Bin?> Since(Country country, CancellationToken cancel)
    {
        await foreach (var row in tables.Query(ScoreTables.Assessments, country.Code, from: null, until: null, cancel))
            return new Bin(int.Parse(row.Key, System.Globalization.CultureInfo.InvariantCulture) * Bin.PerHour);
        return null;
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Lines(ReadOnlyMemory<byte> hour)
    {
        while (hour.Length > 0)
        {
            var end = hour.Span.IndexOf((byte)'\n');
            yield return hour[..end];
            hour = hour[(end + 1)..];
        }
    }
}
