namespace Pharos.Pipeline;

/// <summary>
/// What rows were unpacked to, by row and version: a row is read some hundred times before it changes. Bounded: each row has one slot,
/// which it shares; a row of another version is unpacked anew. Values are shared and must not be changed.
/// </summary>
/// <param name="slots">Most values kept.</param>
/// <param name="unpack">Reads a row's body.</param>
/// <param name="slot">A number for partition and key, to keep rows apart that are read by turns; null for chance.</param>
internal sealed class RowCache<T>(int slots, Func<ReadOnlyMemory<byte>, T> unpack, Func<string, string, int>? slot = null)
{
    private sealed record Entry(string Partition, string Key, string Version, T Value);

    private readonly Entry?[] entries = new Entry?[slots];

    /// <summary>The value of a row that was read.</summary>
    public T Of(Row row)
    {
        if (entries[Slot(row.Partition, row.Key)] is { } known && known.Version == row.Version && known.Key == row.Key && known.Partition == row.Partition)
            return known.Value;
        var value = unpack(row.Body);
        if (row.Version is { } version)
            Keep(row.Partition, row.Key, version, value);
        return value;
    }

    /// <summary>Remembers what was just written.</summary>
    public void Keep(string partition, string key, string version, T value) => entries[Slot(partition, key)] = new Entry(partition, key, version, value);

    private int Slot(string partition, string key) => (int)((uint)(slot?.Invoke(partition, key) ?? HashCode.Combine(partition, key)) % (uint)entries.Length);
}
