using System.Globalization;

namespace Pharos.Pipeline;

/// <summary>
/// The append-only log of revisions: table <c>events</c>, partition = country, key = <c>event|000001</c>. A revision is written once and never
/// changed. Table <c>latest</c> repeats the latest one of each event, by country and for the world, so that a reader needs one query.
/// </summary>
public sealed class EventLog(ITables tables)
{
    private const string Table = "events", LatestTable = "latest", ToldTable = "told", World = "world";

    /// <summary>Bins after its close from which an event is history: two days, four times what late data can reach back.</summary>
    private const int SettledAfter = 2 * Bin.PerDay;

    /// <summary>Appends revisions, then brings the list of latest ones up to date. A revision that is there already with the same content is no news.</summary>
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
                // A writer that died between the log and the list left the list behind: mend it, so that whoever decides again sees what was told.
                var told = await tables.Read(Table, row.Partition, row.Key, cancel);
                if (told is not null)
                    await WriteLatest((await Read(revision.Country, revision.Event, cancel))[^1], cancel);
                if (told is null || !told.Body.Span.SequenceEqual(row.Body.Span))
                    throw;
                continue;
            }
            await WriteLatest(revision, cancel);
        }
    }

    /// <summary>
    /// What the ledger compares with: the latest revision of each event of a country that is open or closed not long before a bin. Older ones are settled
    /// and leave the ledger's list for good.
    /// </summary>
    public async Task<IReadOnlyList<Revision>> Told(Country country, Bin from, CancellationToken cancel)
    {
        List<Revision> told = [], settled = [];
        await foreach (var row in tables.Query(ToldTable, country.Code, null, null, cancel))
        {
            var revision = RevisionJson.Read(row.Body.Span);
            (revision.Found.Closed < from - (2 * SettledAfter) ? settled : told).Add(revision);
        }
        foreach (var revision in settled)
            await tables.Delete(ToldTable, country.Code, revision.Event, cancel);
        return [.. told.OrderBy(revision => revision.Found.Start)];
    }

    /// <summary>The findings that may still change: those of the list above, with a margin.</summary>
    public static IReadOnlyList<FoundEvent> NotSettled(IReadOnlyList<FoundEvent> found, Bin from) =>
        [.. found.Where(finding => !(finding.Closed < from - SettledAfter))];

    /// <summary>The latest revision of each event of a country, by start.</summary>
    public Task<IReadOnlyList<Revision>> Latest(Country country, CancellationToken cancel) => ReadLatest(country.Code, cancel);

    /// <summary>The latest revision of every event of the world, by start.</summary>
    public Task<IReadOnlyList<Revision>> Latest(CancellationToken cancel) => ReadLatest(World, cancel);

    /// <summary>The latest revision of one event, or null.</summary>
    public async Task<Revision?> Find(string @event, CancellationToken cancel) =>
        EventId.IsValid(@event) && await tables.Read(LatestTable, World, @event, cancel) is { } row ? RevisionJson.Read(row.Body.Span) : null;

    /// <summary>All revisions of all events of a country, by start, event and number.</summary>
    public async Task<IReadOnlyList<Revision>> Read(Country country, CancellationToken cancel)
    {
        List<Revision> revisions = [];
        await foreach (var row in tables.Query(Table, country.Code, null, null, cancel))
            revisions.Add(RevisionJson.Read(row.Body.Span));
        return [.. revisions.GroupBy(revision => revision.Event).OrderBy(told => told.First().Found.Start).ThenBy(told => told.Key, StringComparer.Ordinal).SelectMany(told => told)];
    }

    /// <summary>The revisions of one event in order; empty when there is none.</summary>
    public async Task<IReadOnlyList<Revision>> Read(Country country, string @event, CancellationToken cancel)
    {
        List<Revision> revisions = [];
        await foreach (var row in tables.Query(Table, country.Code, $"{@event}|", $"{@event}}}", cancel))
            revisions.Add(RevisionJson.Read(row.Body.Span));
        return revisions;
    }

    private async Task WriteLatest(Revision revision, CancellationToken cancel)
    {
        var body = RevisionJson.Write(revision);
        await tables.WriteAll(LatestTable, [new Row(revision.Country.Code, revision.Event, body), new Row(World, revision.Event, body)], cancel);
        // Last: once the ledger takes it for told, nobody mends the others.
        await tables.Write(ToldTable, new Row(revision.Country.Code, revision.Event, body), Expect.Anything, cancel);
    }

    private async Task<IReadOnlyList<Revision>> ReadLatest(string partition, CancellationToken cancel)
    {
        List<Revision> revisions = [];
        await foreach (var row in tables.Query(LatestTable, partition, null, null, cancel))
            revisions.Add(RevisionJson.Read(row.Body.Span));
        return [.. revisions.OrderBy(revision => revision.Found.Start).ThenBy(revision => revision.Event, StringComparer.Ordinal)];
    }

    private static string Key(string @event, int number) => string.Create(CultureInfo.InvariantCulture, $"{@event}|{number:000000}");
}
