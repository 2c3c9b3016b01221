using System.Buffers;
using System.Buffers.Text;

namespace Pharos.Pipeline;

/// <summary>
/// A line of JSON written by hand: a country and bin has some sixty numbers, and shortest-form doubles would cost more than the judgement.
/// Numbers are rounded to a fixed count of decimals, trailing zeros left out; the texts are ours and need no escapes.
/// </summary>
internal sealed class AsciiLine(IBufferWriter<byte> into)
{
    private const double MostExact = 1e11;
    private static readonly long[] Powers = [1, 10, 100, 1_000, 10_000, 100_000];

    private byte[] room = ArrayPool<byte>.Shared.Rent(4096);
    private int used;

    public AsciiLine Add(string text)
    {
        Ensure(text.Length);
        for (var i = 0; i < text.Length; i++)
            room[used + i] = (byte)text[i];
        used += text.Length;
        return this;
    }

    public AsciiLine Add(Bin bin)
    {
        var start = bin.Start.UtcDateTime;
        Ensure(20);
        Utf8Formatter.TryFormat(start, room.AsSpan(used), out _, 'O');
        room[used + 19] = (byte)'Z';
        used += 20;
        return this;
    }

    public AsciiLine Add(double value, int decimals)
    {
        Ensure(40);
        if (Math.Abs(value) > MostExact)
        {
            Utf8Formatter.TryFormat(Math.Round(value), room.AsSpan(used), out var written, 'F');
            used += written;
            return this;
        }
        var scaled = (long)Math.Round(value * Powers[decimals]);
        if (scaled < 0)
            room[used++] = (byte)'-';
        var (whole, rest) = Math.DivRem(Math.Abs(scaled), Powers[decimals]);
        Utf8Formatter.TryFormat(whole, room.AsSpan(used), out var digits);
        used += digits;
        if (rest == 0)
            return this;
        room[used++] = (byte)'.';
        for (var place = decimals - 1; rest > 0; place--)
        {
            var (digit, less) = Math.DivRem(rest, Powers[place]);
            room[used++] = (byte)('0' + digit);
            rest = less;
        }
        return this;
    }

    /// <summary>Hands the line over; nothing can be added after it.</summary>
    public void End()
    {
        into.Write(room.AsSpan(0, used));
        ArrayPool<byte>.Shared.Return(room);
        room = [];
    }

    private void Ensure(int more)
    {
        if (used + more <= room.Length)
            return;
        var larger = ArrayPool<byte>.Shared.Rent(2 * (used + more));
        room.AsSpan(0, used).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(room);
        room = larger;
    }
}
