namespace Pharos.Pipeline;

/// <summary>
/// A row of a table: two keys that order it and a body the tables do not look into.
/// Keys are 1 to 512 characters without <c>/ \ # ?</c>, <c>%</c>, control characters and surrogates; a body is at most 700,000 bytes.
/// <see cref="RowRules"/> refuses anything else with an <see cref="ArgumentException"/> before the storage is called.
/// </summary>
/// <param name="Partition">First key; rows that are read together share it.</param>
/// <param name="Key">Second key, compared as ordinal text.</param>
/// <param name="Body">The content.</param>
/// <param name="Version">Opaque version of the stored row; null in a row that is not stored yet.</param>
public sealed record Row(string Partition, string Key, ReadOnlyMemory<byte> Body, string? Version = null);

/// <summary>Which version of a row a writer expects to replace.</summary>
public enum Expect
{
    /// <summary>Whatever is there, or nothing.</summary>
    Anything,

    /// <summary>The row must not exist.</summary>
    Absent,

    /// <summary>The stored row has <see cref="Row.Version"/>.</summary>
    SameVersion,
}

/// <summary>Somebody else wrote the row first. Read again, decide again.</summary>
public sealed class ConflictException(string message) : Exception(message);

/// <summary>
/// Rows in named tables, ordered by partition and key. Adapters: SQLite, Azure Table Storage, memory for replays; one contract test suite for all.
/// Table names are 3 to 63 letters A to Z; names that differ in case only are one table.
/// </summary>
public interface ITables
{
    /// <summary>One row, or null.</summary>
    Task<Row?> Read(string table, string partition, string key, CancellationToken cancel);

    /// <summary>
    /// The rows of a partition with <paramref name="from"/> ≤ key &lt; <paramref name="until"/> in ordinal order; null = unbounded.
    /// No snapshot: rows written while it runs may be among them.
    /// </summary>
    IAsyncEnumerable<Row> Query(string table, string partition, string? from, string? until, CancellationToken cancel);

    /// <summary>Writes one row and returns its new version.</summary>
    /// <exception cref="ConflictException">The stored row is not what the writer expects.</exception>
    Task<string> Write(string table, Row row, Expect expect, CancellationToken cancel);

    /// <summary>
    /// Writes rows of any partitions, replacing what is there; partitions apart, no row twice. Up to 100 rows of a partition with together 2.5 MB are
    /// written all or none; more may go in several steps, in their order.
    /// </summary>
    Task WriteAll(string table, IReadOnlyCollection<Row> rows, CancellationToken cancel);

    /// <summary>Removes a row; removing what is not there is no error.</summary>
    Task Delete(string table, string partition, string key, CancellationToken cancel);
}
