using System.Globalization;

namespace Pharos.Pipeline;

/// <summary>
/// The append-only log of revisions: table <c>events</c>, partition = country, key = <c>event|000001</c>. A revision is written once and never changed.
/// </summary>
public sealed class EventLog(ITables tables)
{
    private const string Table = "events";

    /// <summary>Appends revisions. One that is there already with the same content is no news.</summary>
    /// <exception cref="ConflictException">Another writer told something else under that number: read again, decide again.</exception>
    public async Task Append(IReadOnlyList<Revision> revisions, CancellationToken cancel)
    {
        foreach (var revision in revisions)
        {
            var row = new Row(revision.Country.Code, Key(revision.Event, revision.Number), RevisionJson.Write(revision));
            try
            {
                await tables.Write(Table, row, Expect.Absent, cancel);
            }
            catch (ConflictException)
            {
                var told = await tables.Read(Table, row.Partition, row.Key, cancel);
                if (told is null || !told.Body.Span.SequenceEqual(row.Body.Span))
                    throw;
            }
        }
    }

    /// <summary>The revisions of one event in order; empty when there is none.</summary>
    public async Task<IReadOnlyList<Revision>> Read(Country country, string @event, CancellationToken cancel)
    {
        List<Revision> revisions = [];
        await foreach (var row in tables.Query(Table, country.Code, $"{@event}|", $"{@event}}}", cancel))
            revisions.Add(RevisionJson.Read(row.Body.Span));
        return revisions;
    }

    /// <summary>What was told about a country: all revisions of events that are open or ended at or after a moment, by first evidence, then by number.</summary>
    public async Task<IReadOnlyList<Revision>> Told(Country country, DateTimeOffset since, CancellationToken cancel)
    {
        List<Revision> revisions = [];
        await foreach (var row in tables.Query(Table, country.Code, null, null, cancel))
            revisions.Add(RevisionJson.Read(row.Body.Span));
        return
        [
            .. revisions.GroupBy(revision => revision.Event)
                .Where(told => told.MaxBy(revision => revision.Number)!.Found.End is not { } end || end.Start >= since)
                .OrderBy(told => told.Min(revision => revision.Clocks.FirstEvidence)).ThenBy(told => told.Key, StringComparer.Ordinal)
                .SelectMany(told => told.OrderBy(revision => revision.Number)),
        ];
    }

    private static string Key(string @event, int number) => string.Create(CultureInfo.InvariantCulture, $"{@event}|{number:000000}");
}
