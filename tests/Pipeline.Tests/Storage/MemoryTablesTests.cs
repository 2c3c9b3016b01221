namespace Pharos.Pipeline.Tests;

public sealed class MemoryTablesTests : TablesContract
{
    protected override ITables Tables { get; } = new MemoryTables();
}
