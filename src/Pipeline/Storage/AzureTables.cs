using System.Collections.Concurrent;
using System.Globalization;
using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;

namespace Pharos.Pipeline;

/// <summary>
/// Tables in Azure Table Storage: one table per name, an entity per row, its body in binary properties of 64 KiB each, its version the ETag.
/// A table is made when a write finds it missing, so that an installation whose tables exist never asks.
/// </summary>
public sealed class AzureTables : ITables
{
    // Limits of the service, in rows, in bytes of one binary property, and in bytes of a transaction's text, with room for its frame.
    private const int RowsInTransaction = 100;
    private const int PropertyBytes = 64 * 1024;
    private const int TransactionBytes = 3_800_000;
    private const int FrameBytes = 2_048;
    private const int PartitionsAtOnce = 8;

    private static readonly string[] Parts = [.. Enumerable.Range(0, ((RowRules.MaxBodyBytes - 1) / PropertyBytes) + 1).Select(part => string.Create(CultureInfo.InvariantCulture, $"B{part}"))];

    private readonly TableServiceClient account;
    private readonly string prefix;
    private readonly ConcurrentDictionary<string, TableClient> clients = new(StringComparer.OrdinalIgnoreCase);

    internal AzureTables(TableServiceClient account, string prefix) => (this.account, this.prefix) = (account, prefix);

    /// <inheritdoc/>
    public async Task<Row?> Read(string table, string partition, string key, CancellationToken cancel)
    {
        var client = Client(table);
        RowRules.CheckKey(partition);
        RowRules.CheckKey(key);
        try
        {
            var found = await client.GetEntityIfExistsAsync<TableEntity>(partition, key, cancellationToken: cancel);
            return found.HasValue ? RowOf(found.Value!) : null;
        }
        catch (RequestFailedException none) when (none.Status == 404)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    /// <remarks>The service filters and pages, 1,000 rows at most to a page. A row has no column that is not asked for, so nothing is projected away.</remarks>
    public IAsyncEnumerable<Row> Query(string table, string partition, string? from, string? until, CancellationToken cancel)
    {
        var client = Client(table);
        RowRules.CheckKey(partition);
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition}");
        if (from is not null)
        {
            RowRules.CheckKey(from);
            filter += " and " + TableClient.CreateQueryFilter($"RowKey ge {from}");
        }
        if (until is not null)
        {
            RowRules.CheckKey(until);
            filter += " and " + TableClient.CreateQueryFilter($"RowKey lt {until}");
        }
        // The emulator answers an upside-down range with an error, and no service needs to be asked.
        return from is not null && until is not null && string.CompareOrdinal(from, until) >= 0 ? AsyncEnumerable.Empty<Row>() : Pages(client, filter, cancel);
    }

    /// <inheritdoc/>
    public async Task<string> Write(string table, Row row, Expect expect, CancellationToken cancel)
    {
        var client = Client(table);
        RowRules.CheckRow(row);
        RowRules.CheckExpectation(row, expect);
        // The version of another storage is no ETag, and the service would refuse it as malformed.
        if (expect == Expect.SameVersion && !row.Version!.StartsWith("W/\"", StringComparison.Ordinal))
            throw Conflict(table, row);
        var entity = Entity(row);
        try
        {
            var answer = await WithTable(client, () => expect switch
            {
                Expect.Absent => client.AddEntityAsync(entity, cancel),
                Expect.SameVersion => client.UpdateEntityAsync(entity, new ETag(row.Version!), TableUpdateMode.Replace, cancel),
                _ => client.UpsertEntityAsync(entity, TableUpdateMode.Replace, cancel),
            }, cancel);
            return answer.Headers.ETag!.Value.ToString();
        }
        catch (RequestFailedException other) when (Lost(other, expect))
        {
            throw Conflict(table, row);
        }
    }

    /// <inheritdoc/>
    public async Task WriteAll(string table, IReadOnlyCollection<Row> rows, CancellationToken cancel)
    {
        var client = Client(table);
        RowRules.CheckRows(rows);
        var atOnce = new ParallelOptions { MaxDegreeOfParallelism = PartitionsAtOnce, CancellationToken = cancel };
        await Parallel.ForEachAsync(rows.GroupBy(row => row.Partition), atOnce, async (partition, stop) =>
        {
            foreach (var step in Steps(partition))
                await WithTable(client, async () => (await client.SubmitTransactionAsync(step, stop)).GetRawResponse(), stop);
        });
    }

    /// <inheritdoc/>
    public async Task Delete(string table, string partition, string key, CancellationToken cancel)
    {
        var client = Client(table);
        RowRules.CheckKey(partition);
        RowRules.CheckKey(key);
        try
        {
            await client.DeleteEntityAsync(partition, key, ETag.All, cancel);
        }
        catch (RequestFailedException none) when (none.Status == 404)
        {
            // Removing what is not there is no error.
        }
    }

    /// <summary>Cuts the rows of a partition, in their order, into transactions that the service takes.</summary>
    internal static IEnumerable<IReadOnlyList<TableTransactionAction>> Steps(IEnumerable<Row> partition)
    {
        var (step, bytes) = (new List<TableTransactionAction>(), 0);
        foreach (var row in partition)
        {
            // Bytes travel as base64, keys as JSON and once more in the address, where a letter may take nine bytes.
            var size = FrameBytes + ((row.Body.Length + 2) / 3 * 4) + (16 * (row.Partition.Length + row.Key.Length));
            if (step.Count == RowsInTransaction || (step.Count > 0 && bytes + size > TransactionBytes))
            {
                yield return step;
                (step, bytes) = ([], 0);
            }
            step.Add(new TableTransactionAction(TableTransactionActionType.UpsertReplace, Entity(row)));
            bytes += size;
        }
        if (step.Count > 0)
            yield return step;
    }

    private static async IAsyncEnumerable<Row> Pages(TableClient client, string filter, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        await using var pages = client.QueryAsync<TableEntity>(filter, cancellationToken: cancel).AsPages().GetAsyncEnumerator(cancel);
        while (await Next(pages))
            foreach (var entity in pages.Current.Values)
                yield return RowOf(entity);

        static async Task<bool> Next(IAsyncEnumerator<Page<TableEntity>> pages)
        {
            try
            {
                return await pages.MoveNextAsync();
            }
            catch (RequestFailedException none) when (none.ErrorCode == TableErrorCode.TableNotFound)
            {
                return false;
            }
        }
    }

    private TableClient Client(string table)
    {
        RowRules.CheckTable(table);
        return clients.GetOrAdd(table, name => account.GetTableClient(prefix + name.ToLowerInvariant()));
    }

    private static async Task<Response> WithTable(TableClient client, Func<Task<Response>> write, CancellationToken cancel)
    {
        try
        {
            return await write();
        }
        catch (RequestFailedException missing) when (missing.ErrorCode == TableErrorCode.TableNotFound)
        {
            await client.CreateIfNotExistsAsync(cancel);
            return await write();
        }
    }

    private static bool Lost(RequestFailedException failure, Expect expect) => expect switch
    {
        Expect.Absent => failure.ErrorCode == TableErrorCode.EntityAlreadyExists,
        Expect.SameVersion => failure.Status is 404 or 412,
        _ => false,
    };

    private static TableEntity Entity(Row row)
    {
        var entity = new TableEntity(row.Partition, row.Key);
        for (var at = 0; at < row.Body.Length; at += PropertyBytes)
            entity[Parts[at / PropertyBytes]] = row.Body.Slice(at, Math.Min(PropertyBytes, row.Body.Length - at)).ToArray();
        return entity;
    }

    private static Row RowOf(TableEntity entity)
    {
        var parts = Parts.Select(part => entity.TryGetValue(part, out var bytes) ? (byte[])bytes : null).TakeWhile(bytes => bytes is not null).ToList();
        var body = parts.Count == 1 ? parts[0]! : [.. parts.SelectMany(bytes => bytes!)];
        return new Row(entity.PartitionKey, entity.RowKey, body, entity.ETag.ToString());
    }

    private static ConflictException Conflict(string table, Row row) =>
        new($"Row '{row.Partition}', '{row.Key}' of {table} is not what its writer expects: somebody else wrote it first.");
}
