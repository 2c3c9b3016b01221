namespace Pharos.Pipeline;

/// <summary>Writes MRT records as lines, in the one-line format of <c>bgpdump -m</c>: a line per prefix and route, in the order of the file.</summary>
public sealed class MrtDump
{
    private readonly RouteText text;
    private readonly Sieve sieve = new();
    private Peer[] peers = [];

    private MrtDump(Stream into) => text = new RouteText(into);

    /// <summary>Writes all records that can be read. Out: what was passed over and what could not be read; <see cref="Sieve.Cut"/> when the file is cut.</summary>
    public static Sieve Write(MrtReader reader, Stream into)
    {
        var dump = new MrtDump(into);
        while (reader.Next(out var record))
            if (dump.Write(record) is { } why)
                dump.sieve.Reject(why, reader);
        dump.text.Flush();
        return dump.sieve.End(reader);
    }

    private string? Write(in MrtRecord record)
    {
        switch (record.Type)
        {
            case MrtType.Bgp4mp or MrtType.Bgp4mpEt:
                if (!Bgp4mp.TryRead(record, out var session, out var why))
                    return why ?? Skip(record);
                if (session.IsState)
                    WriteState(record, session);
                else if (BgpUpdate.TryRead(session.Message, session.AsnSize, out var update, out why))
                    why = WriteUpdate(record, session, update);
                else if (why is null)
                    sieve.Skip("BGP message that is no UPDATE");
                return why;
            case MrtType.TableDumpV2 when Rib.IsIndex(record):
                peers = Rib.Index(record.Body) ?? [];
                return peers.Length == 0 ? "PEER_INDEX_TABLE without peers" : null;
            case MrtType.TableDumpV2 or MrtType.TableDump:
                return Rib.TryRead(record, peers, out var rib, out why) ? WriteTable(record, rib) : why ?? Skip(record);
            default:
                return Skip(record);
        }
    }

    private string? Skip(in MrtRecord record)
    {
        sieve.Skip(MrtRoutes.Unread(record));
        return null;
    }

    private void WriteState(in MrtRecord record, in Bgp4mp session)
    {
        Start(record, session, "STATE"u8);
        text.Add(session.Peer).Add('|').Add(session.OldState).Add('|').Add(session.NewState).Add('\n');
    }

    private string? WriteUpdate(in MrtRecord record, in Bgp4mp session, in BgpUpdate update)
    {
        ref readonly var attributes = ref update.Attributes;
        WriteWithdrawn(record, session, new Prefixes(update.Withdrawn, false, session.AddPath));
        if (attributes.Unreach.IsPlain)
            WriteWithdrawn(record, session, new Prefixes(attributes.Unreach.Nlri, attributes.Unreach.V6, session.AddPath));
        WriteAnnounced(record, session, new Prefixes(update.Announced, false, session.AddPath), attributes, default);
        if (attributes.Reach.IsPlain)
            WriteAnnounced(record, session, new Prefixes(attributes.Reach.Nlri, attributes.Reach.V6, session.AddPath), attributes, attributes.Reach.NextHop);
        return update.IsWhole(session.AddPath) ? null : BgpUpdate.Unended;
    }

    private void WriteWithdrawn(in MrtRecord record, in Bgp4mp session, Prefixes prefixes)
    {
        while (prefixes.Next())
        {
            Start(record, session, "W"u8);
            text.Add(session.Peer).Add('|').Add(prefixes.Current);
            if (session.AddPath)
                text.Add('|').Add(prefixes.PathId);
            text.Add('\n');
        }
    }

    private void WriteAnnounced(in MrtRecord record, in Bgp4mp session, Prefixes prefixes, in PathAttributes attributes, ReadOnlySpan<byte> nextHop)
    {
        while (prefixes.Next())
        {
            Start(record, session, "A"u8);
            WriteRoute(session.Peer, prefixes.Current, session.AddPath ? prefixes.PathId : null, attributes, nextHop);
        }
    }

    private string? WriteTable(in MrtRecord record, Rib rib)
    {
        string? worst = null;
        while (rib.Next(out var entry))
        {
            if (!PathAttributes.TryRead(entry.Attributes, rib.AsnSize, table: true, out var attributes, out var why))
            {
                worst = why;
                continue;
            }
            text.Add(record.Type == MrtType.TableDump ? "TABLE_DUMP|"u8 : rib.AddPath ? "TABLE_DUMP2_AP|"u8 : "TABLE_DUMP2|"u8).Add(record.Seconds).Add("|B|"u8);
            WriteRoute(entry.Peer, rib.Prefix, rib.AddPath ? entry.PathId : null, attributes, attributes.Reach.NextHop);
        }
        return worst;
    }

    private void Start(in MrtRecord record, in Bgp4mp session, ReadOnlySpan<byte> kind)
    {
        var exact = record.Type == MrtType.Bgp4mpEt;
        text.Add("BGP4MP"u8).Add(exact ? "_ET"u8 : ""u8).Add(session.IsLocal ? "_LOCAL"u8 : ""u8).Add(session.AddPath ? "_AP"u8 : ""u8).Add('|').Add(record.Seconds);
        if (exact)
            text.Add('.').Add(record.Microseconds, 6);
        text.Add('|').Add(kind).Add('|');
    }

    private void WriteRoute(Peer peer, Prefix prefix, uint? pathId, in PathAttributes attributes, ReadOnlySpan<byte> nextHop)
    {
        text.Add(peer).Add('|').Add(prefix).Add('|');
        if (pathId is { } id)
            text.Add(id).Add('|');
        AsPath.Write(attributes.AsPath, attributes.AsnSize, attributes.As4Path, text);
        text.Add(attributes.Origin switch { 0 => "|IGP|"u8, 1 => "|EGP|"u8, _ => "|INCOMPLETE|"u8 });
        // An IPv6 next hop may be followed by its link-local twin (RFC 2545, 3).
        if (nextHop.Length is 16 or 32)
            text.AddAddress(new Octets(nextHop).Address(v6: true), true);
        else
            text.AddAddress(nextHop.Length == 4 ? new Octets(nextHop).U32() : attributes.NextHop, false);
        text.Add('|').Add(attributes.LocalPref).Add('|').Add(attributes.Med).Add('|');
        WriteCommunities(attributes.Communities);
        text.Add(attributes.IsAtomic ? "|AG|"u8 : "|NAG|"u8);
        WriteAggregator(attributes);
        text.Add("|\n"u8);
    }

    private void WriteCommunities(ReadOnlySpan<byte> communities)
    {
        var octets = new Octets(communities);
        for (var first = true; octets.Any; first = false)
        {
            if (!first)
                text.Add(' ');
            // The well-known ones of RFC 1997 have names.
            var community = octets.U32();
            if (community == 0xFFFFFF01)
                text.Add("no-export"u8);
            else if (community == 0xFFFFFF02)
                text.Add("no-advertise"u8);
            else if (community == 0xFFFFFF03)
                text.Add("local-AS"u8);
            else
                text.Add(community >> 16).Add(':').Add(community & 0xffff);
        }
    }

    private void WriteAggregator(in PathAttributes attributes)
    {
        if (attributes.Aggregator.IsEmpty)
            return;
        var aggregator = attributes.As4Aggregator.IsEmpty ? attributes.Aggregator : attributes.As4Aggregator;
        var octets = new Octets(aggregator);
        text.Add(octets.Asn(aggregator.Length - 4)).Add(' ').AddAddress(octets.U32(), false);
    }
}
