using System.Globalization;
using System.Text;

namespace Pharos.Pipeline;

/// <summary>Reads MRT files as changes of routes: what RIPE RIS and RouteViews publish as <c>bview</c>, <c>rib</c> and <c>updates</c>.</summary>
public sealed class MrtRoutes
{
    private const int Established = 6;

    private readonly IRouteSink sink;
    private readonly Sieve sieve = new();
    private Peer[] peers = [];
    private bool inTable, isWhole = true;

    private MrtRoutes(IRouteSink sink) => this.sink = sink;

    /// <summary>
    /// Tells a file's changes. Out: what was passed over and what could not be read; <see cref="Sieve.Cut"/> when the file is cut. A record that cannot be read
    /// tells nothing; the end of a table is told only when every record of it was read.
    /// </summary>
    public static Sieve Read(MrtReader reader, IRouteSink sink)
    {
        var routes = new MrtRoutes(sink);
        long time = 0;
        while (reader.Next(out var record))
        {
            time = record.Seconds;
            if (routes.Take(record) is { } why)
                routes.sieve.Reject(why, reader);
        }
        if (routes.inTable && routes.isWhole && reader.Cut is null)
            sink.Take(new RouteEvent(RouteChange.TableEnd, time, default));
        return routes.sieve.End(reader);
    }

    /// <summary>The name of a record that is not read, for counting.</summary>
    internal static string Unread(in MrtRecord record) => Enum.IsDefined(record.Type)
        ? string.Create(CultureInfo.InvariantCulture, $"{record.Type} subtype {record.Subtype}")
        : "another type of MRT record";

    private string? Take(in MrtRecord record)
    {
        switch (record.Type)
        {
            case MrtType.Bgp4mp or MrtType.Bgp4mpEt:
                return TakeMessage(record);
            case MrtType.TableDumpV2 when Rib.IsIndex(record):
                StartTable(record);
                peers = Rib.Index(record.Body) ?? [];
                isWhole &= peers.Length > 0;
                return peers.Length == 0 ? "PEER_INDEX_TABLE without peers" : null;
            case MrtType.TableDumpV2 or MrtType.TableDump:
                StartTable(record);
                var why = TakeTable(record);
                isWhole &= why is null;
                return why;
            default:
                return Skip(record);
        }
    }

    private string? Skip(in MrtRecord record)
    {
        sieve.Skip(Unread(record));
        return null;
    }

    private void StartTable(in MrtRecord record)
    {
        if (!inTable)
            sink.Take(new RouteEvent(RouteChange.TableStart, record.Seconds, default));
        inTable = true;
    }

    private string? TakeTable(in MrtRecord record)
    {
        if (!Rib.TryRead(record, peers, out var rib, out var why))
            return why ?? Skip(record);
        while (rib.Next(out var entry))
        {
            if (PathAttributes.TryRead(entry.Attributes, rib.AsnSize, table: true, out var attributes, out var wrong))
                sink.Take(new RouteEvent(RouteChange.TableRoute, record.Seconds, entry.Peer, rib.Prefix, attributes.OriginAsn, rib.AddPath ? entry.PathId : null));
            else
                why = wrong;
        }
        return why;
    }

    private string? TakeMessage(in MrtRecord record)
    {
        if (!Bgp4mp.TryRead(record, out var session, out var why))
            return why ?? Skip(record);
        if (session.IsState)
        {
            if (session.NewState == Established || session.OldState == Established)
                sink.Take(new RouteEvent(session.NewState == Established ? RouteChange.PeerUp : RouteChange.PeerDown, record.Seconds, session.Peer));
            return null;
        }
        if (session.IsLocal)
        {
            sieve.Skip("sent by the collector");
            return null;
        }
        if (!BgpUpdate.TryRead(session.Message, session.AsnSize, out var update, out why))
        {
            if (why is null)
                sieve.Skip("BGP message that is no UPDATE");
            return why;
        }
        if (!update.IsWhole(session.AddPath))
            return BgpUpdate.Unended;
        TakeUpdate(record.Seconds, session, update);
        return null;
    }

    private void TakeUpdate(long time, in Bgp4mp session, in BgpUpdate update)
    {
        ref readonly var reach = ref update.Attributes.Reach;
        ref readonly var unreach = ref update.Attributes.Unreach;
        var change = new RouteEvent(RouteChange.Withdrawn, time, session.Peer);
        Tell(ref change, update.Withdrawn, false, session.AddPath);
        if (unreach.IsUnicast)
            Tell(ref change, unreach.Nlri, unreach.V6, session.AddPath);
        else if (unreach.There)
            sieve.Skip("another address family");
        if (!update.Announced.IsEmpty || reach.There)
        {
            (change.Change, change.Origin) = (RouteChange.Announced, update.Attributes.OriginAsn);
            Tell(ref change, update.Announced, false, session.AddPath);
            if (reach.IsUnicast)
                Tell(ref change, reach.Nlri, reach.V6, session.AddPath);
            else if (reach.There)
                sieve.Skip("another address family");
        }
        else if (update.EndsIpv4)
            sink.Take(new RouteEvent(RouteChange.EndOfRib, time, session.Peer));
        else if (update.EndsFamily && unreach.IsUnicast)
            sink.Take(new RouteEvent(RouteChange.EndOfRib, time, session.Peer, new Prefix(0, 0, unreach.V6)));
    }

    private void Tell(ref RouteEvent change, ReadOnlySpan<byte> nlri, bool v6, bool addPath)
    {
        var prefixes = new Prefixes(nlri, v6, addPath);
        while (prefixes.Next())
        {
            change.Prefix = prefixes.Current;
            if (addPath)
                change.PathId = prefixes.PathId;
            sink.Take(change);
        }
    }
}

/// <summary>How MRT files fill a <see cref="Sieve"/>.</summary>
internal static class MrtSieve
{
    /// <summary>Counts the record just read as one that could not be read.</summary>
    public static void Reject(this Sieve sieve, string why, MrtReader reader) => sieve.Reject(why, Place(reader));

    /// <summary>Notes why the file could not be read to its end, where it could not.</summary>
    public static Sieve End(this Sieve sieve, MrtReader reader)
    {
        if (reader.Cut is { } why)
            sieve.RejectCut(why, Place(reader));
        return sieve;
    }

    private static byte[] Place(MrtReader reader) =>
        Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"record {reader.Records}, which ends at octet {reader.Position}"));
}
