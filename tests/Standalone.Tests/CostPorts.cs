namespace Pharos.Standalone.Tests;

/// <summary>Counts what the Azure adapters would ask of the services, in billed operations.</summary>
internal sealed class CostCount
{
    private readonly Dictionary<string, long> counts = new(StringComparer.Ordinal);

    /// <summary>Forgets all.</summary>
    public void Clear() => counts.Clear();

    /// <summary>Adds operations of a kind.</summary>
    public void Add(string kind, long operations = 1)
    {
        lock (counts)
            counts[kind] = counts.GetValueOrDefault(kind) + operations;
    }

    /// <summary>Operations of the kinds that begin so.</summary>
    public long Of(string prefix) => counts.Where(each => each.Key.StartsWith(prefix, StringComparison.Ordinal)).Sum(each => each.Value);
}

/// <summary>Tables that count: a read, a write or a delete is one operation, a query one per 1,000 rows begun, a write of many one per 100 of a partition.</summary>
internal sealed class CostTables(ITables tables, CostCount count) : ITables
{
    public Task<Row?> Read(string table, string partition, string key, CancellationToken cancel)
    {
        count.Add("table read");
        return tables.Read(table, partition, key, cancel);
    }

    public async IAsyncEnumerable<Row> Query(string table, string partition, string? from, string? until, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        var rows = 0;
        await foreach (var row in tables.Query(table, partition, from, until, cancel))
        {
            if (rows++ % 1_000 == 0)
                count.Add("table query");
            yield return row;
        }
        if (rows == 0)
            count.Add("table query");
    }

    public Task<string> Write(string table, Row row, Expect expect, CancellationToken cancel)
    {
        count.Add("table write");
        return tables.Write(table, row, expect, cancel);
    }

    public Task WriteAll(string table, IReadOnlyCollection<Row> rows, CancellationToken cancel)
    {
        count.Add("table write", rows.GroupBy(row => row.Partition).Sum(each => (each.Count() + 99) / 100));
        return tables.WriteAll(table, rows, cancel);
    }

    public Task Delete(string table, string partition, string key, CancellationToken cancel)
    {
        count.Add("table delete");
        return tables.Delete(table, partition, key, cancel);
    }
}

/// <summary>Blobs that count and keep nothing: nobody reads the raw archive.</summary>
internal sealed class CostBlobs(CostCount count) : IBlobs
{
    public Task<byte[]?> Read(string name, CancellationToken cancel) => Task.FromResult<byte[]?>(null);

    public Task Write(string name, ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        count.Add("blob write");
        count.Add("raw bytes", bytes.Length);
        return Task.CompletedTask;
    }

    public IAsyncEnumerable<string> List(string prefix, CancellationToken cancel) => AsyncEnumerable.Empty<string>();

    public Task Delete(string name, CancellationToken cancel) => Task.CompletedTask;
}

/// <summary>A queue that counts: each message is sent, received and completed.</summary>
internal sealed class CostJobs(IJobs jobs, CostCount count) : IJobs
{
    public Task Enqueue(IReadOnlyCollection<Job> some, DateTimeOffset? due, CancellationToken cancel)
    {
        foreach (var job in some)
            count.Add("job " + JobQueues.Of(job));
        return jobs.Enqueue(some, due, cancel);
    }

    public Task<IReadOnlyList<DeadJob>> DeadLetters(int most, CancellationToken cancel) => jobs.DeadLetters(most, cancel);

    public Task Redrive(string id, CancellationToken cancel) => jobs.Redrive(id, cancel);
}
