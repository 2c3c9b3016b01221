namespace Pharos.Pipeline.Tests;

/// <summary>Tables whose user may die before or after any write.</summary>
internal sealed class MortalTables(ITables tables, Action step) : ITables
{
    public Task<Row?> Read(string table, string partition, string key, CancellationToken cancel) => tables.Read(table, partition, key, cancel);

    public IAsyncEnumerable<Row> Query(string table, string partition, string? from, string? until, CancellationToken cancel) =>
        tables.Query(table, partition, from, until, cancel);

    public async Task<string> Write(string table, Row row, Expect expect, CancellationToken cancel)
    {
        step();
        var version = await tables.Write(table, row, expect, cancel);
        step();
        return version;
    }

    public async Task WriteAll(string table, IReadOnlyCollection<Row> rows, CancellationToken cancel)
    {
        step();
        await tables.WriteAll(table, rows, cancel);
        step();
    }

    public async Task Delete(string table, string partition, string key, CancellationToken cancel)
    {
        step();
        await tables.Delete(table, partition, key, cancel);
        step();
    }
}
