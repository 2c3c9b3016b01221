using System.Text.Json;

namespace Pharos.Pipeline;

/// <summary>
/// The records of a RIPE Atlas answer one after the other, without copying: lines of JSON (<c>format=txt</c>) or one JSON array
/// (<c>format=json</c>). An answer that was cut yields what stands before the cut.
/// </summary>
public ref struct AtlasRecords
{
    private readonly ReadOnlySpan<byte> all;
    private readonly bool isArray;
    private Utf8JsonReader array;
    private ReadOnlySpan<byte> rest;
    private bool last;
    private bool broken;
    private bool over;

    /// <summary>Starts at the first record.</summary>
    public AtlasRecords(ReadOnlySpan<byte> bytes)
    {
        all = rest = (bytes.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes).TrimStart(" \t\r\n"u8);
        isArray = all is [(byte)'[', ..];
        if (isArray)
        {
            array = new Utf8JsonReader(all, new JsonReaderOptions { MaxDepth = 64 });
            array.Read();
        }
    }

    /// <summary>The record.</summary>
    public ReadOnlySpan<byte> Current { get; private set; }

    /// <summary>
    /// Goes to the next record that can be read. What cannot is rejected on the way; an error object in place of results makes the whole
    /// answer unusable.
    /// </summary>
    public bool Next(Sieve sieve, out AtlasResult result)
    {
        while (sieve.Unusable is null && Next())
        {
            if (AtlasResult.TryRead(Current, out result, out var problem))
                return true;
            if (Current.StartsWith("{\"error\":"u8))
                sieve.Refuse("error instead of results", Current);
            else if (last)
                sieve.RejectCut(problem!, Current);
            else
                sieve.Reject(problem!, Current);
        }
        if (broken)
            sieve.RejectCut("the array does not end", Current);
        (result, broken) = (default, false);
        return false;
    }

    private bool Next() => isArray ? NextItem() : NextLine();

    private bool NextLine()
    {
        while (!rest.IsEmpty)
        {
            var end = rest.IndexOf((byte)'\n');
            Current = (end < 0 ? rest : rest[..end]).Trim(" \t\r"u8);
            last = end < 0;
            rest = end < 0 ? default : rest[(end + 1)..];
            if (!Current.IsEmpty)
                return true;
        }
        return false;
    }

    private bool NextItem()
    {
        var start = (int)array.BytesConsumed;
        try
        {
            if (over || !array.Read() || array.TokenType == JsonTokenType.EndArray)
                return !(over = true);
            start = (int)array.TokenStartIndex;
            array.Skip();
            Current = all[start..(int)array.BytesConsumed];
            return true;
        }
        catch (JsonException)
        {
            broken = over = true;
            Current = all[start..];
            return false;
        }
    }
}
