using System.Collections.Concurrent;
using System.Globalization;

namespace Pharos.Pipeline;

/// <summary>
/// Tables that live as long as the process, for replays: a call costs less than a microsecond and waits for nobody in another partition.
/// </summary>
public sealed class MemoryTables : ITables
{
    private readonly ConcurrentDictionary<(string Table, string Partition), SortedList<string, Row>> partitions = new();
    private long versions;

    /// <inheritdoc/>
    public Task<Row?> Read(string table, string partition, string key, CancellationToken cancel)
    {
        RowRules.CheckKey(key);
        var rows = Of(table, partition, cancel);
        lock (rows)
            return Task.FromResult(rows.GetValueOrDefault(key));
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<Row> Query(string table, string partition, string? from, string? until, CancellationToken cancel)
    {
        if (from is not null)
            RowRules.CheckKey(from);
        if (until is not null)
            RowRules.CheckKey(until);
        var rows = Of(table, partition, cancel);
        lock (rows)
        {
            var first = from is null ? 0 : Place(rows, from);
            var found = new Row[Math.Max(0, (until is null ? rows.Count : Place(rows, until)) - first)];
            for (var i = 0; i < found.Length; i++)
                found[i] = rows.GetValueAtIndex(first + i);
            return found.ToAsyncEnumerable();
        }
    }

    /// <inheritdoc/>
    public Task<string> Write(string table, Row row, Expect expect, CancellationToken cancel)
    {
        RowRules.CheckRow(row);
        RowRules.CheckExpectation(row, expect);
        var rows = Of(table, row.Partition, cancel);
        lock (rows)
        {
            var stored = rows.GetValueOrDefault(row.Key);
            if (expect == Expect.Absent ? stored is not null : expect == Expect.SameVersion && stored?.Version != row.Version)
                return Task.FromException<string>(new ConflictException($"Row '{row.Partition}', '{row.Key}' of {table} is not what its writer expects: somebody else wrote it first."));
            return Task.FromResult(Put(rows, row));
        }
    }

    /// <inheritdoc/>
    public Task WriteAll(string table, IReadOnlyCollection<Row> rows, CancellationToken cancel)
    {
        RowRules.CheckTable(table);
        RowRules.CheckRows(rows);
        foreach (var some in rows.GroupBy(row => row.Partition))
        {
            var partition = Of(table, some.Key, cancel);
            lock (partition)
                foreach (var row in some)
                    Put(partition, row);
        }
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task Delete(string table, string partition, string key, CancellationToken cancel)
    {
        RowRules.CheckKey(key);
        var rows = Of(table, partition, cancel);
        lock (rows)
            rows.Remove(key);
        return Task.CompletedTask;
    }

    private SortedList<string, Row> Of(string table, string partition, CancellationToken cancel)
    {
        RowRules.CheckTable(table);
        RowRules.CheckKey(partition);
        cancel.ThrowIfCancellationRequested();
        return partitions.GetOrAdd((table.ToLowerInvariant(), partition), _ => new SortedList<string, Row>(StringComparer.Ordinal));
    }

    private string Put(SortedList<string, Row> rows, Row row)
    {
        var version = Interlocked.Increment(ref versions).ToString(CultureInfo.InvariantCulture);
        rows[row.Key] = new Row(row.Partition, row.Key, row.Body.ToArray(), version);
        return version;
    }

    /// <summary>Index of the first key not below another.</summary>
    private static int Place(SortedList<string, Row> rows, string key)
    {
        var (low, high) = (0, rows.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = string.CompareOrdinal(rows.GetKeyAtIndex(middle), key) < 0 ? (middle + 1, high) : (low, middle);
        }
        return low;
    }
}
