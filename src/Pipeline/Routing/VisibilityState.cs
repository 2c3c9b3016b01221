using System.IO.Compression;

namespace Pharos.Pipeline;

/// <summary>
/// Writes what a <see cref="VisibilityTracker"/> knows between two bins into one blob and reads it back: prefixes and peers in order, a bit for each pair,
/// compressed (RFC 7932). The same knowledge gives the same octets. A table that is half read is not kept.
/// </summary>
public static class VisibilityState
{
    private const uint Magic = 0x31565250; // PRV1: the version is its last letter.

    /// <summary>Writes the state. Prefixes that nobody holds and nobody remembers are left out.</summary>
    public static byte[] Save(VisibilityTracker tracker)
    {
        var blob = new MemoryStream();
        using (var writer = new BinaryWriter(new BrotliStream(blob, CompressionLevel.Fastest)))
        {
            writer.Write(Magic);
            writer.Write(tracker.At.Number);
            foreach (var table in tracker.Tables)
                Save(table, tracker.At, writer);
        }
        return blob.ToArray();
    }

    /// <summary>Reads a state into a tracker that has heard nothing yet.</summary>
    /// <exception cref="InvalidDataException">It is no such state, of another version, or cut.</exception>
    public static void Restore(VisibilityTracker tracker, byte[] blob)
    {
        try
        {
            using var reader = new BinaryReader(new BrotliStream(new MemoryStream(blob), CompressionMode.Decompress));
            if (reader.ReadUInt32() != Magic)
                throw new InvalidDataException("This is no state of route visibility, or one of another version.");
            tracker.Resume(new Bin(reader.ReadInt32()));
            foreach (var table in tracker.Tables)
                Restore(table, tracker.At, reader);
        }
        catch (Exception cut) when (cut is EndOfStreamException or FormatException or InvalidOperationException or ArgumentException)
        {
            throw new InvalidDataException("The state of route visibility is cut or damaged.", cut);
        }
    }

    private static void Save(RouteTable table, Bin at, BinaryWriter writer)
    {
        var since = at.Number - (VisibilityTracker.Memory / Bin.Length);
        var kept = Enumerable.Range(0, table.Prefixes.Count)
            .Where(number => table.LastSeen[number] >= since || table.Peers.Any(peer => Has(peer.Held, number)))
            .OrderBy(number => table.Prefixes[number]).ToArray();
        writer.Write7BitEncodedInt(kept.Length);
        UInt128 before = 0;
        foreach (var number in kept)
        {
            var prefix = table.Prefixes[number];
            Write(writer, prefix.Address - before);
            writer.Write(prefix.Length);
            writer.Write7BitEncodedInt(table.LastSeen[number] < since ? 0 : at.Number - table.LastSeen[number] + 1);
            before = prefix.Address;
        }
        writer.Write7BitEncodedInt(table.Peers.Count);
        foreach (var peer in table.Peers.OrderBy(peer => peer.Peer))
        {
            Write(writer, peer.Peer.Address);
            writer.Write(peer.Peer.V6);
            writer.Write(peer.Peer.Asn);
            writer.Write(peer.IsUp);
            writer.Write(peer.Since);
            Write(writer, kept, peer.Held);
            writer.Write(peer.Fresh is not null);
            if (peer.Fresh is { } fresh)
                Write(writer, kept, fresh);
        }
    }

    private static void Restore(RouteTable table, Bin at, BinaryReader reader)
    {
        var count = reader.Read7BitEncodedInt();
        UInt128 address = 0;
        for (var i = 0; i < count; i++)
        {
            address += ReadWide(reader);
            var length = reader.ReadByte();
            var ago = reader.Read7BitEncodedInt();
            if (length > (table.V6 ? 128 : 32) || (!table.V6 && address > uint.MaxValue))
                throw new FormatException();
            table.Restore(new Prefix(address, length, table.V6), ago == 0 ? int.MinValue : at.Number - ago + 1);
        }
        for (var i = reader.Read7BitEncodedInt(); i > 0; i--)
        {
            var peer = new PeerRoutes(new Peer(ReadWide(reader), reader.ReadBoolean(), reader.ReadUInt32()))
            {
                IsUp = reader.ReadBoolean(),
                Since = reader.ReadInt64(),
                Held = ReadBits(reader, count),
            };
            if (reader.ReadBoolean())
                peer.Fresh = ReadBits(reader, count);
            table.Restore(peer);
        }
    }

    private static bool Has(ulong[] bits, int number) => number >> 6 < bits.Length && (bits[number >> 6] >> number & 1) != 0;

    private static void Write(BinaryWriter writer, int[] kept, ulong[] bits)
    {
        var octets = new byte[(kept.Length + 7) >> 3];
        for (var i = 0; i < kept.Length; i++)
            if (Has(bits, kept[i]))
                octets[i >> 3] |= (byte)(1 << (i & 7));
        writer.Write(octets);
    }

    private static ulong[] ReadBits(BinaryReader reader, int count)
    {
        var octets = reader.ReadBytes((count + 7) >> 3);
        if (octets.Length < (count + 7) >> 3)
            throw new EndOfStreamException();
        var bits = new ulong[(count + 63) >> 6];
        Buffer.BlockCopy(octets, 0, bits, 0, octets.Length);
        return bits;
    }

    private static void Write(BinaryWriter writer, UInt128 number)
    {
        for (; number >= 0x80; number >>= 7)
            writer.Write((byte)((byte)number | 0x80));
        writer.Write((byte)number);
    }

    private static UInt128 ReadWide(BinaryReader reader)
    {
        UInt128 number = 0;
        for (var shift = 0; shift < 128; shift += 7)
        {
            var octet = reader.ReadByte();
            number |= (UInt128)(octet & 0x7f) << shift;
            if (octet < 0x80)
                return number;
        }
        throw new FormatException();
    }
}
