using System.Buffers.Binary;

namespace Pharos.Pipeline;

/// <summary>A BGP session of a collector: the router at the other end (RFC 6396, 4.3.1 and 4.4).</summary>
public readonly record struct Peer : IComparable<Peer>
{
    private readonly ulong high, low; // As in Prefix.

    /// <summary>Makes a peer.</summary>
    public Peer(UInt128 address, bool v6, uint asn) => (high, low, V6, Asn) = ((ulong)(address >> 64), (ulong)address, v6, asn);

    /// <summary>Its address as a number.</summary>
    public UInt128 Address => new(high, low);

    /// <summary>Whether that is an IPv6 address.</summary>
    public bool V6 { get; }

    /// <summary>Its AS number.</summary>
    public uint Asn { get; }

    /// <summary>Ordered by family, address, AS number.</summary>
    public int CompareTo(Peer other) =>
        V6 != other.V6 ? V6.CompareTo(other.V6) : Address != other.Address ? Address.CompareTo(other.Address) : Asn.CompareTo(other.Asn);

    /// <summary>As <c>AS3333 193.0.0.56</c>.</summary>
    public override string ToString() => $"AS{Asn} {Prefix.AddressOf(Address, V6)}";
}

/// <summary>A BGP4MP or BGP4MP_ET record (RFC 6396, 4.4; RFC 8050, 3): a message of a session, or a change of its state.</summary>
internal ref struct Bgp4mp
{
    private const int StateChange = 0, StateChangeAs4 = 5;

    public Peer Peer;
    public int AsnSize;

    /// <summary>Whether the collector itself sent the message: then it says nothing of the peer's routes.</summary>
    public bool IsLocal;

    /// <summary>Whether prefixes carry path identifiers (RFC 7911).</summary>
    public bool AddPath;

    public bool IsState;
    public int OldState;
    public int NewState;

    /// <summary>The message with its header.</summary>
    public ReadOnlySpan<byte> Message;

    /// <summary>Reads a record; false with the reason when it is malformed, with none when its subtype is another one.</summary>
    public static bool TryRead(in MrtRecord record, out Bgp4mp read, out string? why)
    {
        read = default;
        why = null;
        var subtype = record.Subtype;
        if (subtype is < 0 or 2 or 3 or > 11)
            return false;
        var isState = subtype is StateChange or StateChangeAs4;
        var size = subtype is 4 or StateChangeAs4 or 7 or 9 or 11 ? 4 : 2;
        var body = record.Body;
        var afi = body.Length < (2 * size) + 4 ? 0 : BinaryPrimitives.ReadUInt16BigEndian(body[((2 * size) + 2)..]);
        var v6 = afi == 2;
        var width = v6 ? 16 : 4;
        var head = (2 * size) + 4 + (2 * width);
        why = body.Length < head + (isState ? 4 : 0) ? "a BGP4MP record shorter than its header" : afi is not (1 or 2) ? "a BGP4MP record of another address family" : null;
        if (why is not null)
            return false;
        var asn = size == 2 ? BinaryPrimitives.ReadUInt16BigEndian(body) : BinaryPrimitives.ReadUInt32BigEndian(body);
        var peer = body[((2 * size) + 4)..];
        var address = v6 ? BinaryPrimitives.ReadUInt128BigEndian(peer) : BinaryPrimitives.ReadUInt32BigEndian(peer);
        body = body[head..];
        read.Peer = new Peer(address, v6, asn);
        read.AsnSize = size;
        read.IsLocal = subtype is 6 or 7 or 10 or 11;
        read.AddPath = subtype >= 8;
        read.IsState = isState;
        read.OldState = isState ? BinaryPrimitives.ReadUInt16BigEndian(body) : 0;
        read.NewState = isState ? BinaryPrimitives.ReadUInt16BigEndian(body[2..]) : 0;
        read.Message = body;
        return true;
    }
}
