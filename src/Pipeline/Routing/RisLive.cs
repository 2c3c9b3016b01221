using System.Text.Json;

namespace Pharos.Pipeline;

/// <summary>Reads messages of RIS Live (<c>ris-live.ripe.net/v1</c>, JSON) as the changes that MRT files tell.</summary>
public static class RisLive
{
    /// <summary>
    /// In: one message. Out: its changes, told only when all of it could be read. Messages of other kinds (KEEPALIVE, OPEN, NOTIFICATION, errors, answers to
    /// subscriptions) are counted as skipped, what cannot be read as rejects.
    /// </summary>
    public static void Read(ReadOnlyMemory<byte> message, IRouteSink sink, Sieve sieve)
    {
        using var document = LooseJson.Parse(message, out var problem);
        var changes = new List<RouteEvent>();
        try
        {
            if (document is not null)
                problem = Take(document.RootElement, changes, sieve);
        }
        catch (InvalidOperationException)
        {
            problem = "a text that is no valid UTF-8";
        }
        if (problem is not null)
        {
            sieve.Reject(problem, message.Span);
            return;
        }
        foreach (var change in changes)
            sink.Take(change);
    }

    private static string? Take(JsonElement root, List<RouteEvent> changes, Sieve sieve)
    {
        if (root.Text("type") is not "ris_message")
            return root.Text("type") is { } other ? Skip($"message {other}", sieve) : "a message without type";
        if (!root.Has("data", out var data) || data.ValueKind != JsonValueKind.Object)
            return "a message without data";
        if (!data.Has("timestamp", out var stamp) || !stamp.IsNumber(out var seconds) || seconds is not (>= 0 and < uint.MaxValue))
            return "a timestamp that is none";
        if (!Prefix.TryAddress(data.Text("peer"), out var address, out var v6) || Asn(data, "peer_asn") is not { } asn)
            return "a peer without address or AS number";
        var (time, peer) = ((long)seconds, new Peer(address, v6, asn));
        switch (data.Text("type"))
        {
            case "UPDATE":
                return TakeUpdate(data, time, peer, changes);
            case "RIS_PEER_STATE" when data.Text("state") is "connected" or "down":
                changes.Add(new RouteEvent(data.Text("state") is "down" ? RouteChange.PeerDown : RouteChange.PeerUp, time, peer));
                return null;
            case "RIS_PEER_STATE":
                return "a state that is neither connected nor down";
            case { } kind:
                return Skip(kind, sieve);
            default:
                return Skip("no type", sieve);
        }
    }

    private static string? TakeUpdate(JsonElement data, long time, Peer peer, List<RouteEvent> changes)
    {
        if (data.Has("withdrawals", out var withdrawals) && !TakePrefixes(withdrawals, RouteChange.Withdrawn, time, peer, 0, changes))
            return "a withdrawal that is no prefix";
        if (!data.Has("announcements", out var announcements))
            return null;
        if (announcements.ValueKind != JsonValueKind.Array)
            return "announcements that are no list";
        var origin = Origin(data);
        foreach (var announcement in announcements.EnumerateArray())
            if (!announcement.Has("prefixes", out var prefixes) || !TakePrefixes(prefixes, RouteChange.Announced, time, peer, origin, changes))
                return "an announcement that is no prefix";
        // Two next hops, global and link-local, come as two announcements of the same prefixes.
        var told = new HashSet<RouteEvent>();
        changes.RemoveAll(change => !told.Add(change));
        return null;
    }

    private static bool TakePrefixes(JsonElement list, RouteChange change, long time, Peer peer, uint origin, List<RouteEvent> changes)
    {
        if (list.ValueKind != JsonValueKind.Array)
            return false;
        foreach (var each in list.EnumerateArray())
        {
            if (each.ValueKind != JsonValueKind.String)
                return false;
            // The end of a table names no family: that of the session.
            if (each.ValueEquals("eor"u8))
                changes.Add(new RouteEvent(RouteChange.EndOfRib, time, peer, new Prefix(0, 0, peer.V6)));
            else if (!Prefix.TryParse(each.GetString(), out var prefix))
                return false;
            else
                changes.Add(new RouteEvent(change, time, peer, prefix, origin));
        }
        return true;
    }

    // The last of the path; a set is a list within the list and no origin.
    private static uint Origin(JsonElement data) =>
        data.Has("path", out var path) && path.ValueKind == JsonValueKind.Array && path.GetArrayLength() is > 0 and var count &&
        path[count - 1] is { ValueKind: JsonValueKind.Number } last && last.TryGetUInt32(out var origin) ? origin : 0;

    private static uint? Asn(JsonElement data, string name) =>
        data.Has(name, out var member) && member.IsWhole(out var asn) && asn is >= 0 and <= uint.MaxValue ? (uint)asn : null;

    private static string? Skip(string reason, Sieve sieve)
    {
        sieve.Skip(reason);
        return null;
    }
}
