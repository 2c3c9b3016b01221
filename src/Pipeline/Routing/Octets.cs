using System.Buffers.Binary;

namespace Pharos.Pipeline;

/// <summary>
/// Reads big-endian fields from octets, front to back. Reading past the end gives zeros and sets <see cref="Short"/>, so that a parser asks once, at the
/// end of a structure.
/// </summary>
internal ref struct Octets(ReadOnlySpan<byte> rest)
{
    /// <summary>What has not been read yet.</summary>
    public ReadOnlySpan<byte> Rest { get; private set; } = rest;

    /// <summary>Whether more was asked for than there is.</summary>
    public bool Short { get; private set; }

    public readonly bool Any => !Rest.IsEmpty;

    public byte U8() => Take(1) is { Length: 1 } octets ? octets[0] : (byte)0;

    public ushort U16() => Take(2) is { Length: 2 } octets ? BinaryPrimitives.ReadUInt16BigEndian(octets) : (ushort)0;

    public uint U32() => Take(4) is { Length: 4 } octets ? BinaryPrimitives.ReadUInt32BigEndian(octets) : 0;

    /// <summary>An AS number of two or four octets (RFC 6793).</summary>
    public uint Asn(int size) => size == 2 ? U16() : U32();

    /// <summary>An IPv4 or IPv6 address as a number.</summary>
    public UInt128 Address(bool v6) => !v6 ? U32() : Take(16) is { Length: 16 } octets ? BinaryPrimitives.ReadUInt128BigEndian(octets) : 0;

    /// <summary>So many octets; none when there are fewer.</summary>
    public ReadOnlySpan<byte> Take(int count)
    {
        var from = Rest;
        if (count > from.Length)
        {
            Short = true;
            Rest = default;
            return default;
        }
        Rest = from[count..];
        return from[..count];
    }

    /// <summary>A prefix as in NLRI: length, then as many octets as it takes (RFC 4271, 4.3); bits after the length are cleared. Too long a length sets <see cref="Short"/>.</summary>
    public Prefix Prefix(bool v6)
    {
        var length = U8();
        if (length > (v6 ? 128 : 32))
        {
            Take(int.MaxValue);
            return default;
        }
        var octets = Take((length + 7) >> 3);
        return Short ? default : Pipeline.Prefix.Read(octets, length, v6);
    }
}
