using System.Buffers.Binary;

namespace Pharos.Pipeline;

/// <summary>A stream for reading whose first octets had been taken off to look at.</summary>
internal sealed class Rewound(ReadOnlyMemory<byte> first, Stream rest) : ForwardStream
{
    public override int Read(Span<byte> into)
    {
        if (first.IsEmpty)
            return rest.Read(into);
        var count = Math.Min(into.Length, first.Length);
        first.Span[..count].CopyTo(into);
        first = first[count..];
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        rest.Dispose();
        base.Dispose(disposing);
    }
}

/// <summary>
/// Passes a gzip file on and remembers its last four octets, because <c>GZipStream</c> ends a cut file as if it were whole: they hold the uncompressed size
/// (RFC 1952, 2.3.1). A file of several members does not close.
/// </summary>
internal sealed class GzipTail(Stream compressed) : ForwardStream
{
    private uint last;

    /// <summary>Whether the trailer is that of so many octets.</summary>
    public bool Closes(long octets) => BinaryPrimitives.ReverseEndianness(last) == (uint)octets;

    public override int Read(Span<byte> into)
    {
        var count = compressed.Read(into);
        foreach (var each in into[Math.Max(0, count - 4)..count])
            last = (last << 8) | each;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        compressed.Dispose();
        base.Dispose(disposing);
    }
}

/// <summary>A stream that can be read from front to back and nothing else.</summary>
internal abstract class ForwardStream : Stream
{
    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
    public abstract override int Read(Span<byte> into);
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));
    public override void Flush() { }
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
