using System.Buffers.Text;

namespace Pharos.Pipeline;

/// <summary>Writes routes as ASCII text into a stream, through one buffer.</summary>
internal sealed class RouteText(Stream into)
{
    private const int MostAtOnce = 64;

    private readonly byte[] room = new byte[1 << 16];
    private int used;

    public RouteText Add(char letter)
    {
        Ensure();
        room[used++] = (byte)letter;
        return this;
    }

    public RouteText Add(ReadOnlySpan<byte> text)
    {
        while (!text.IsEmpty)
        {
            Ensure();
            var count = Math.Min(text.Length, room.Length - used);
            text[..count].CopyTo(room.AsSpan(used));
            used += count;
            text = text[count..];
        }
        return this;
    }

    public RouteText Add(long number)
    {
        Ensure();
        Utf8Formatter.TryFormat(number, room.AsSpan(used), out var written);
        used += written;
        return this;
    }

    /// <summary>A number with leading zeros.</summary>
    public RouteText Add(long number, byte digits)
    {
        Ensure();
        Utf8Formatter.TryFormat(number, room.AsSpan(used), out var written, new System.Buffers.StandardFormat('D', digits));
        used += written;
        return this;
    }

    public RouteText AddAddress(UInt128 address, bool v6)
    {
        Ensure();
        used += Prefix.Write(address, v6, room.AsSpan(used));
        return this;
    }

    public RouteText Add(Prefix prefix) => AddAddress(prefix.Address, prefix.V6).Add('/').Add(prefix.Length);

    public RouteText Add(Peer peer) => AddAddress(peer.Address, peer.V6).Add('|').Add(peer.Asn);

    public void Flush()
    {
        into.Write(room, 0, used);
        used = 0;
    }

    private void Ensure()
    {
        if (room.Length - used < MostAtOnce)
            Flush();
    }
}
