using System.Buffers;

namespace Pharos.Pipeline;

/// <summary>
/// What every table adapter refuses before it calls its storage, so that data which fits one adapter fits all.
/// The limits are those of Azure Table Storage, the narrowest of them.
/// </summary>
public static class RowRules
{
    /// <summary>Longest partition or key, in UTF-16 units (Azure allows 1 KiB of UTF-16).</summary>
    public const int MaxKeyLength = 512;

    /// <summary>Largest body in bytes. Azure allows 1 MiB for an entity with its keys; its emulator counts the base64 of a body, a third more.</summary>
    public const int MaxBodyBytes = 700_000;

    private const int MinTableLength = 3;
    private const int MaxTableLength = 63;

    // Azure refuses / \ # ? and the control characters, and mishandles %. Surrogates go because UTF-8 bytes and UTF-16 units order them
    // differently, and because a lone one cannot be stored at all.
    private static readonly SearchValues<char> RefusedInKeys = SearchValues.Create(
        [.. "/\\#?%", .. Span(0x00, 0x1F), .. Span(0x7F, 0x9F), .. Span(0xD800, 0xDFFF)]);

    private static readonly SearchValues<char> Letters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>Refuses a table name that is not 3 to 63 letters A to Z, or is the reserved word <c>tables</c>.</summary>
    /// <exception cref="ArgumentException">The name breaks the rule.</exception>
    public static void CheckTable(string table)
    {
        ArgumentNullException.ThrowIfNull(table);
        if (table.Length is < MinTableLength or > MaxTableLength || table.AsSpan().ContainsAnyExcept(Letters)
            || table.Equals("tables", StringComparison.OrdinalIgnoreCase))
            throw new ArgumentException($"'{table}' is no table name: use 3 to 63 letters A to Z, and not the reserved word 'tables'.", nameof(table));
    }

    /// <summary>Refuses a partition or key that some adapter could not store or would order differently.</summary>
    /// <exception cref="ArgumentException">The key breaks the rule.</exception>
    public static void CheckKey(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (key.Length is 0 or > MaxKeyLength)
            throw new ArgumentException($"A key has 1 to {MaxKeyLength} characters, this one has {key.Length}.", nameof(key));
        var at = key.AsSpan().IndexOfAny(RefusedInKeys);
        if (at >= 0)
            throw new ArgumentException($"Key '{key}' contains U+{(int)key[at]:X4} at {at}: no / \\ # ? %, control characters or surrogates.", nameof(key));
    }

    /// <summary>Refuses a row whose keys or body break a rule.</summary>
    /// <exception cref="ArgumentException">A key breaks a rule, or the body is too large.</exception>
    public static void CheckRow(Row row)
    {
        ArgumentNullException.ThrowIfNull(row);
        CheckKey(row.Partition);
        CheckKey(row.Key);
        if (row.Body.Length > MaxBodyBytes)
            throw new ArgumentException($"The body of row '{row.Partition}', '{row.Key}' has {row.Body.Length} bytes, at most {MaxBodyBytes} fit.", nameof(row));
    }

    /// <summary>Refuses rows of which one breaks a rule, or that name one row twice (Azure refuses that within a batch).</summary>
    /// <exception cref="ArgumentException">A row breaks a rule or comes twice.</exception>
    public static void CheckRows(IReadOnlyCollection<Row> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var seen = new HashSet<(string Partition, string Key)>(rows.Count);
        foreach (var row in rows)
        {
            CheckRow(row);
            if (!seen.Add((row.Partition, row.Key)))
                throw new ArgumentException($"Row '{row.Partition}', '{row.Key}' comes twice in one write.", nameof(rows));
        }
    }

    /// <summary>Refuses a write that expects a version and names none.</summary>
    /// <exception cref="ArgumentException">The row has no version, and the writer expects the same.</exception>
    public static void CheckExpectation(Row row, Expect expect)
    {
        if (expect == Expect.SameVersion && row.Version is null)
            throw new ArgumentException($"Row '{row.Partition}', '{row.Key}' has no version: read it first, or expect it to be absent.", nameof(row));
    }

    private static IEnumerable<char> Span(int first, int last) => Enumerable.Range(first, last - first + 1).Select(code => (char)code);
}
