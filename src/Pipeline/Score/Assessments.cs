using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Pharos.Pipeline;

/// <summary>The assessments as kept: the latest of every country, and those of any span.</summary>
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

    /// <summary>The last bin a country was judged in; null before the first.</summary>
    public async Task<Bin?> Last(Country country, CancellationToken cancel) => await Latest(country, cancel) is { } line ? Time(line.Span) : null;

    /// <summary>The time of an assessment's JSON line: its first field.</summary>
    internal static Bin Time(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line);
        reader.Read();
        reader.Read();
        reader.Read();
        return Bin.Parse(reader.GetString()!);
    }

    /// <summary>The assessments of a span, in order.</summary>
    public async Task<IReadOnlyList<Assessment>> Read(Country country, Bin from, Bin through, IReadOnlyList<Signal> signals, CancellationToken cancel)
    {
        var found = new List<Assessment>();
        await foreach (var row in tables.Query(ScoreTables.Assessments, country.Code, ScoreTables.HourKey(from.Hour), ScoreTables.HourKey(through.Hour + 1), cancel))
            foreach (var assessment in AssessmentBytes.Read(country, Hour(row), row.Body.Span, signals))
                if (assessment.Bin >= from && assessment.Bin <= through)
                    found.Add(assessment);
        return found;
    }

    /// <summary>First bin of the record of a country; null without one.</summary>
    public async Task<Bin?> Since(Country country, CancellationToken cancel)
    {
        await foreach (var row in tables.Query(ScoreTables.Assessments, country.Code, from: null, until: null, cancel))
            return AssessmentBytes.Read(country, Hour(row), row.Body.Span, [])[0].Bin;
        return null;
    }

    private static int Hour(Row row) => int.Parse(row.Key, CultureInfo.InvariantCulture);
}
