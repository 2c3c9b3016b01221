using System.Buffers.Binary;
using System.Text;

namespace Pharos.Pipeline.Tests;

/// <summary>Writes MRT records by hand: <c>Mrt.File(Mrt.Record(16, 4, Mrt.Session(…), Mrt.Update(…)))</c>, in hexadecimal where the octets are the point.</summary>
internal static class Mrt
{
    public static byte[] File(params byte[][] records) => [.. records.SelectMany(each => each)];

    public static byte[] Record(int type, int subtype, params byte[][] parts)
    {
        var body = File(parts);
        return [.. Number(1_000_000_000, 4), .. Number(type, 2), .. Number(subtype, 2), .. Number(body.Length, 4), .. body];
    }

    /// <summary>The header of BGP4MP between 192.0.2.1 and a collector.</summary>
    public static byte[] Session(long asn, int size) => [.. Number(asn, size), .. Number(12654, size), 0, 0, 0, 1, 192, 0, 2, 1, 192, 0, 2, 2];

    public static byte[] Update(string withdrawn, string attributes, string announced)
    {
        var (gone, path, told) = (Hex(withdrawn), Hex(attributes), Hex(announced));
        byte[] body = [.. Number(gone.Length, 2), .. gone, .. Number(path.Length, 2), .. path, .. told];
        return [.. Enumerable.Repeat((byte)0xff, 16), .. Number(19 + body.Length, 2), 2, .. body];
    }

    public static byte[] Hex(string text) => Convert.FromHexString(text.Replace(" ", "", StringComparison.Ordinal));

    public static byte[] Number(long value, int octets)
    {
        var wide = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(wide, value);
        return wide[^octets..];
    }

    public static (string[] Lines, Sieve Sieve) Dump(byte[] file)
    {
        using var reader = MrtReader.Open(new MemoryStream(file));
        var text = new MemoryStream();
        var sieve = MrtDump.Write(reader, text);
        return (Encoding.ASCII.GetString(text.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries), sieve);
    }

    public static (Heard Heard, Sieve Sieve) Events(byte[] file)
    {
        var heard = new Heard();
        using var reader = MrtReader.Open(new MemoryStream(file));
        return (heard, MrtRoutes.Read(reader, heard));
    }
}
