using System.Buffers.Binary;
using System.IO.Compression;
using SharpCompress.Compressors.BZip2;

namespace Pharos.Pipeline;

/// <summary>The types of MRT records that are read (RFC 6396, 4).</summary>
public enum MrtType
{
    /// <summary>A route of a table, one record each (4.2).</summary>
    TableDump = 12,

    /// <summary>A prefix of a table with the routes of all peers (4.3, RFC 8050).</summary>
    TableDumpV2 = 13,

    /// <summary>A BGP message or a change of state (4.4).</summary>
    Bgp4mp = 16,

    /// <summary>The same with microseconds (3).</summary>
    Bgp4mpEt = 17,
}

/// <summary>One MRT record: header and body (RFC 6396, 2 and 3). Its body is valid until the next is read.</summary>
public readonly ref struct MrtRecord
{
    internal MrtRecord(uint seconds, int type, int subtype, uint microseconds, ReadOnlySpan<byte> body)
    {
        Seconds = seconds;
        Type = (MrtType)type;
        Subtype = subtype;
        Microseconds = microseconds;
        Body = body;
    }

    /// <summary>Time, seconds since 1970-01-01T00:00Z.</summary>
    public uint Seconds { get; }

    /// <summary>Microseconds of that second; 0 where the type has none.</summary>
    public uint Microseconds { get; }

    /// <summary>Type; may be one that <see cref="MrtType"/> does not name.</summary>
    public MrtType Type { get; }

    /// <summary>Subtype, of which each type has its own.</summary>
    public int Subtype { get; }

    /// <summary>What follows the header and the microseconds.</summary>
    public ReadOnlySpan<byte> Body { get; }
}

/// <summary>
/// Reads MRT records (RFC 6396) from a plain, gzip or bzip2 stream through one buffer. A cut or damaged file is read up to the cut: no exception of the data
/// leaves it.
/// </summary>
public sealed class MrtReader : IDisposable
{
    /// <summary>The longest record that is read, in octets: 65,535 peers (the most a table has) with 256 octets of route each.</summary>
    public const int LongestRecord = 16 << 20;

    private const int Header = 12;

    private readonly Stream stream;
    private readonly GzipTail? tail;
    private byte[] buffer = new byte[1 << 18];
    private int start, end;
    private bool ended;

    private MrtReader(Stream stream, GzipTail? tail) => (this.stream, this.tail) = (stream, tail);

    /// <summary>Why the file could not be read to its end; null when it was, or has not been yet.</summary>
    public string? Cut { get; private set; }

    /// <summary>Records read.</summary>
    public long Records { get; private set; }

    /// <summary>Octets read, after decompression, up to the end of the last whole record.</summary>
    public long Position { get; private set; }

    /// <summary>Opens a stream, told apart by its first octets: gzip (RFC 1952), bzip2 or plain. The stream is closed with the reader.</summary>
    /// <exception cref="IOException">The stream could not be read.</exception>
    public static MrtReader Open(Stream stream)
    {
        var first = new byte[4];
        var count = stream.ReadAtLeast(first, first.Length, throwOnEndOfStream: false);
        var whole = new Rewound(first.AsMemory(0, count), stream);
        if (count >= 2 && first[0] == 0x1f && first[1] == 0x8b)
        {
            var tail = new GzipTail(whole);
            return new MrtReader(new GZipStream(tail, CompressionMode.Decompress), tail);
        }
        if (count < 4 || !first.AsSpan(0, 3).SequenceEqual("BZh"u8))
            return new MrtReader(whole, null);
        try
        {
            return new MrtReader(BZip2Stream.Create(whole, SharpCompress.Compressors.CompressionMode.Decompress, decompressConcatenated: true), null);
        }
        catch (Exception cut) when (IsDamage(cut))
        {
            return new MrtReader(Stream.Null, null) { ended = true, Cut = $"damaged bzip2: {cut.Message}" };
        }
    }

    /// <summary>Reads the next record; false at the end, and where the file is cut or damaged (<see cref="Cut"/>).</summary>
    public bool Next(out MrtRecord record)
    {
        record = default;
        if (end - start < Header && !Fill(Header))
            return Ends(end == start ? null : "the file ends inside the header of a record");
        var header = buffer.AsSpan(start, Header);
        var (type, length) = (BinaryPrimitives.ReadUInt16BigEndian(header[4..]), BinaryPrimitives.ReadUInt32BigEndian(header[8..]));
        if (length > LongestRecord)
            return Ends($"a record claims {length} octets, more than any has: what follows cannot be told apart");
        if (end - start < Header + (int)length && !Fill(Header + (int)length))
            return Ends("the file ends inside a record");
        var octets = buffer.AsSpan(start, Header + (int)length);
        var (seconds, subtype) = (BinaryPrimitives.ReadUInt32BigEndian(octets), BinaryPrimitives.ReadUInt16BigEndian(octets[6..]));
        var exact = type == (int)MrtType.Bgp4mpEt && length >= 4;
        var microseconds = exact ? BinaryPrimitives.ReadUInt32BigEndian(octets[Header..]) : 0;
        start += Header + (int)length;
        Position += Header + length;
        Records++;
        record = new MrtRecord(seconds, type, subtype, microseconds, octets[(exact ? Header + 4 : Header)..]);
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();

    private bool Ends(string? why)
    {
        (ended, start) = (true, end);
        Cut ??= why ?? (tail is { } gzip && !gzip.Closes(Position) ? "the gzip stream ends before its trailer" : null);
        return false;
    }

    // Makes so many octets available from the start of the next record.
    private bool Fill(int needed)
    {
        if (start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            (start, end) = (0, end - start);
        }
        if (needed > buffer.Length)
            Array.Resize(ref buffer, Math.Min(Math.Max(needed, 2 * buffer.Length), Header + LongestRecord));
        while (end < needed && !ended)
        {
            try
            {
                var read = stream.Read(buffer, end, buffer.Length - end);
                end += read;
                ended = read == 0;
            }
            catch (Exception cut) when (IsDamage(cut))
            {
                ended = true;
                Cut = $"damaged compression: {cut.Message}";
            }
        }
        return end >= needed;
    }

    // A disk or network that fails is not the file's fault and passes on. bzip2 ends in many ways: the library's own exceptions, and those of arrays that damaged tables point out of.
    private static bool IsDamage(Exception cut) =>
        cut is InvalidDataException or EndOfStreamException or IndexOutOfRangeException or ArgumentException or InvalidOperationException or SharpCompress.Common.SharpCompressException;
}
