namespace Pharos.Pipeline;

/// <summary>One route of a table: of which peer, and its path attributes, not read yet.</summary>
internal readonly ref struct RibEntry(Peer peer, uint pathId, ReadOnlySpan<byte> attributes)
{
    public Peer Peer { get; } = peer;
    public uint PathId { get; } = pathId;
    public ReadOnlySpan<byte> Attributes { get; } = attributes;
}

/// <summary>
/// A prefix of a table with its routes: TABLE_DUMP_V2 (RFC 6396, 4.3.2 to 4.3.4; RFC 8050, 4) and TABLE_DUMP (4.2). The frame of all entries has been walked
/// once.
/// </summary>
internal ref struct Rib
{
    private const int PeerIndexTable = 1, Ipv4Unicast = 2, Ipv6Unicast = 4, Generic = 6, Ipv4UnicastAddPath = 8, Ipv6UnicastAddPath = 10;

    private ReadOnlySpan<Peer> peers;
    private Octets entries;
    private Peer only;

    public Prefix Prefix { get; private set; }
    public bool AddPath { get; private set; }

    /// <summary>Octets of an AS number in AS_PATH.</summary>
    public int AsnSize { get; private set; }

    /// <summary>Whether the record lists the peers of the records that follow.</summary>
    public static bool IsIndex(in MrtRecord record) => record is { Type: MrtType.TableDumpV2, Subtype: PeerIndexTable };

    /// <summary>Reads PEER_INDEX_TABLE (4.3.1); null when it is malformed.</summary>
    public static Peer[]? Index(ReadOnlySpan<byte> body)
    {
        var octets = new Octets(body);
        octets.U32();
        octets.Take(octets.U16());
        var peers = new Peer[octets.U16()];
        for (var i = 0; i < peers.Length && !octets.Short; i++)
        {
            var type = octets.U8();
            octets.U32();
            var v6 = (type & 1) != 0;
            peers[i] = new Peer(octets.Address(v6), v6, octets.Asn((type & 2) != 0 ? 4 : 2));
        }
        return octets.Short ? null : peers;
    }

    /// <summary>Reads a record of a table; false with the reason when it is malformed, with none when it has no plain prefixes.</summary>
    public static bool TryRead(in MrtRecord record, ReadOnlySpan<Peer> peers, out Rib rib, out string? why)
    {
        rib = default;
        why = null;
        return record.Type == MrtType.TableDump ? rib.TakeOld(record, out why) : rib.Take(record, peers, out why);
    }

    /// <summary>The next route.</summary>
    public bool Next(out RibEntry entry)
    {
        entry = default;
        if (!entries.Any)
            return false;
        if (peers.IsEmpty)
        {
            entry = new RibEntry(only, 0, entries.Take(entries.U16()));
            return true;
        }
        var peer = peers[entries.U16()];
        entries.U32();
        var pathId = AddPath ? entries.U32() : 0;
        entry = new RibEntry(peer, pathId, entries.Take(entries.U16()));
        return true;
    }

    private bool Take(in MrtRecord record, ReadOnlySpan<Peer> known, out string? why)
    {
        why = null;
        var octets = new Octets(record.Body);
        octets.U32();
        var v6 = record.Subtype is Ipv6Unicast or Ipv6UnicastAddPath;
        if (record.Subtype == Generic)
        {
            var (afi, safi) = (octets.U16(), octets.U8());
            if (afi is not (1 or 2) || safi != FamilyRoutes.Unicast)
                return false;
            v6 = afi == 2;
        }
        else if (record.Subtype is not (Ipv4Unicast or Ipv6Unicast or Ipv4UnicastAddPath or Ipv6UnicastAddPath))
            return false;
        (AsnSize, AddPath) = (4, record.Subtype is Ipv4UnicastAddPath or Ipv6UnicastAddPath);
        peers = known;
        Prefix = octets.Prefix(v6);
        int count = octets.U16();
        entries = octets;
        for (var i = 0; i < count && why is null; i++)
        {
            if (octets.U16() >= known.Length)
                why = "a route of a peer that is not in the index";
            octets.Take(AddPath ? 8 : 4);
            octets.Take(octets.U16());
        }
        if (octets.Short || octets.Any)
            why ??= "a record of a table that does not end where it should";
        return why is null;
    }

    private bool TakeOld(in MrtRecord record, out string? why)
    {
        why = null;
        if (record.Subtype is not (1 or 2))
            return false;
        var v6 = record.Subtype == 2;
        var octets = new Octets(record.Body);
        octets.U32();
        var address = octets.Address(v6);
        var length = octets.U8();
        octets.U8();
        octets.U32();
        only = new Peer(octets.Address(v6), v6, octets.U16());
        AsnSize = 2;
        entries = octets;
        octets.Take(octets.U16());
        if (octets.Short || octets.Any || length > (v6 ? 128 : 32))
            why = "a record of a table that does not end where it should";
        else
            Prefix = new Prefix(address & ~Pipeline.Prefix.Rest(length, v6), length, v6);
        return why is null;
    }
}
