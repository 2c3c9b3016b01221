using System.Buffers.Binary;
using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text;

namespace Pharos.Pipeline;

/// <summary>
/// A block of IPv4 or IPv6 addresses (RFC 4632, RFC 4291): its first address as a number, bits after the length zero. <c>default</c> is 0.0.0.0/0.
/// </summary>
public readonly record struct Prefix : IComparable<Prefix>
{
    // Two halves, not a UInt128: a structure of four numbers stays in registers.
    private readonly ulong high, low;

    /// <summary>Makes a prefix; bits of the address after the length must be zero.</summary>
    public Prefix(UInt128 address, byte length, bool v6)
        : this((ulong)(address >> 64), (ulong)address, length, v6)
    {
    }

    private Prefix(ulong high, ulong low, byte length, bool v6)
    {
        this.high = high;
        this.low = low;
        Length = length;
        V6 = v6;
    }

    /// <summary>The first address; an IPv4 one stands in the low 32 bits.</summary>
    public UInt128 Address => new(high, low);

    /// <summary>Bits that are fixed: 0 to 32, or to 128 for IPv6.</summary>
    public byte Length { get; }

    /// <summary>Whether it is IPv6.</summary>
    public bool V6 { get; }

    /// <summary>Bits of an address: 32 or 128.</summary>
    public int Width => V6 ? 128 : 32;

    /// <summary>The last address of the block.</summary>
    public UInt128 Last => Address | Rest(Length, V6);

    /// <summary>Reads <c>192.0.2.0/24</c> or <c>2001:db8::/32</c>; false for anything else. Bits after the length are cleared.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Prefix prefix)
    {
        prefix = default;
        var slash = text.IndexOf('/');
        if (slash < 0 || !byte.TryParse(text[(slash + 1)..], System.Globalization.NumberStyles.None, null, out var length) || !TryAddress(text[..slash], out var address, out var v6))
            return false;
        if (length > (v6 ? 128 : 32))
            return false;
        prefix = new Prefix(address & ~Rest(length, v6), length, v6);
        return true;
    }

    /// <summary>Reads an address as a number; false for anything that is no plain dotted or colon form.</summary>
    public static bool TryAddress(ReadOnlySpan<char> text, out UInt128 address, out bool v6)
    {
        (address, v6) = (0, text.Contains(':'));
        if ((!v6 && text.Count('.') != 3) || text.ContainsAny('%', '[') || !IPAddress.TryParse(text, out var parsed))
            return false;
        Span<byte> bytes = stackalloc byte[16];
        parsed.TryWriteBytes(bytes, out var count);
        foreach (var each in bytes[..count])
            address = (address << 8) | each;
        return parsed.AddressFamily == (v6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork);
    }

    /// <summary>Ordered by family, address, then length: a block stands before what lies inside it.</summary>
    public int CompareTo(Prefix other) =>
        V6 != other.V6 ? V6.CompareTo(other.V6) : Address != other.Address ? Address.CompareTo(other.Address) : Length.CompareTo(other.Length);

    /// <summary>A hash that spreads neighbouring blocks.</summary>
    public override int GetHashCode()
    {
        var mixed = (high ^ (low * 0x9E3779B97F4A7C15) ^ Length) * 0xD6E8FEB86659FD93;
        return (int)(mixed >> 32);
    }

    /// <summary>As <c>192.0.2.0/24</c>; IPv6 as RFC 5952 has it.</summary>
    public override string ToString() => $"{AddressOf(Address, V6)}/{Length}";

    /// <summary>An address as text: dotted, or as RFC 5952 has it.</summary>
    public static string AddressOf(UInt128 address, bool v6)
    {
        Span<byte> into = stackalloc byte[LongestAddress];
        return Encoding.ASCII.GetString(into[..Write(address, v6, into)]);
    }

    /// <summary>Octets that the text of an address may take.</summary>
    internal const int LongestAddress = 46;

    /// <summary>Writes an address as ASCII and returns its length. The longest run of two or more zero groups becomes <c>::</c>; mapped IPv4 stays dotted.</summary>
    internal static int Write(UInt128 address, bool v6, Span<byte> into)
    {
        if (!v6)
            return WriteDotted((uint)address, into);
        var (run, length) = ZeroRun(address);
        var at = 0;
        for (var group = 0; group < 8; group++)
        {
            if (group == run)
            {
                into[at++] = (byte)':';
                group += length - 1;
                if (group == 7)
                    into[at++] = (byte)':';
                continue;
            }
            if (group > 0)
                into[at++] = (byte)':';
            if (group == 6 && run == 0 && (length == 6 || (length == 5 && Group(address, 5) == 0xffff)))
                return at + WriteDotted((uint)address, into[at..]);
            Utf8Formatter.TryFormat(Group(address, group), into[at..], out var written, new System.Buffers.StandardFormat('x'));
            at += written;
        }
        return at;
    }

    /// <summary>Reads the octets of a prefix of NLRI (RFC 4271, 4.3); bits after the length are cleared. There must be as many as the length takes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Prefix Read(ReadOnlySpan<byte> octets, byte length, bool v6)
    {
        if (v6)
            return ReadV6(octets, length);
        var bits = octets.Length >= 4 ? BinaryPrimitives.ReadUInt32BigEndian(octets) : ReadFew(octets);
        return new Prefix(0, bits & (0xFFFFFFFF00000000 >> length), length, false);
    }

    private static uint ReadFew(ReadOnlySpan<byte> octets)
    {
        uint bits = 0;
        for (var i = 0; i < octets.Length; i++)
            bits |= (uint)octets[i] << (24 - (8 * i));
        return bits;
    }

    private static Prefix ReadV6(scoped ReadOnlySpan<byte> octets, byte length)
    {
        Span<byte> few = stackalloc byte[16];
        if (octets.Length < 16)
        {
            octets.CopyTo(few);
            octets = few;
        }
        var (high, low) = (BinaryPrimitives.ReadUInt64BigEndian(octets), BinaryPrimitives.ReadUInt64BigEndian(octets[8..]));
        high &= length >= 64 ? ulong.MaxValue : length == 0 ? 0 : ulong.MaxValue << (64 - length);
        low &= length <= 64 ? 0 : ulong.MaxValue << (128 - length);
        return new Prefix(high, low, length, true);
    }

    internal static UInt128 Rest(int length, bool v6) => length == 0 && v6 ? UInt128.MaxValue : (UInt128.One << ((v6 ? 128 : 32) - length)) - 1;

    private static ushort Group(UInt128 address, int group) => (ushort)(address >> (112 - (16 * group)));

    private static (int Start, int Length) ZeroRun(UInt128 address)
    {
        var (best, longest, start) = (-1, 1, 0);
        for (var group = 0; group <= 8; group++)
        {
            if (group < 8 && Group(address, group) == 0)
                continue;
            if (group - start > longest)
                (best, longest) = (start, group - start);
            start = group + 1;
        }
        return (best, longest);
    }

    private static int WriteDotted(uint address, Span<byte> into)
    {
        var at = 0;
        for (var shift = 24; shift >= 0; shift -= 8)
        {
            Utf8Formatter.TryFormat((byte)(address >> shift), into[at..], out var written);
            at += written;
            if (shift > 0)
                into[at++] = (byte)'.';
        }
        return at;
    }
}
