using System.Text;

namespace Pharos.Standalone;

/// <summary>
/// RIPE Atlas measurement 1001: each probe pings k-root every 240 s. What a probe measured without its controller is delivered when it is
/// back. The layout is that of firmware 4610 to 4749: <c>lts</c>, no <c>mver</c>, no <c>stored_timestamp</c>.
/// </summary>
internal sealed class AtlasPingAnswers(Scenario scenario)
{
    private const int Step = 240, BytesOfResult = 400, UploadSeconds = 15;

    private readonly Dictionary<int, byte[]> heads = scenario.Probes.ToDictionary(probe => probe.Id, Head);

    public UpstreamAnswer To(Query query, DateTimeOffset now)
    {
        var seconds = now.ToUnixTimeSeconds();
        var start = Math.Max(query.Moment("start") ?? 0, scenario.Period.Start.ToUnixTimeSeconds());
        var stop = Math.Min(Math.Min(query.Moment("stop") ?? seconds, seconds), scenario.Period.End.ToUnixTimeSeconds() - 1);
        var probes = ProbeIds.Among(scenario.Probes, query).ToArray();
        var lines = query["format"] == "txt";
        var text = new Utf8Text(16 + (probes.Length * BytesOfResult * (int)(1 + (Math.Max(0, stop - start) / Step))));
        var any = false;
        if (!lines)
            text.Add("["u8);
        foreach (var probe in probes)
            any |= Write(text, probe, start, stop, seconds, lines, any);
        return lines ? UpstreamAnswer.Lines(text) : UpstreamAnswer.Json(text.Add("]"u8));
    }

    private bool Write(Utf8Text text, ScenarioProbe probe, long start, long stop, long now, bool lines, bool separate)
    {
        var (head, cuts, next, any) = (heads[probe.Id], probe.Cuts, 0, false);
        for (var round = Math.Max(0, (start - probe.Phase - 3) / Step); ; round++)
        {
            var dice = Chance.Mix(((ulong)probe.Id << 32) ^ (ulong)round ^ scenario.Seed);
            var at = (round * Step) + probe.Phase + (long)(dice % 3); // a second or two of jitter
            if (at > stop)
                return any;
            while (next < cuts.Count && Math.Max(cuts[next].To, cuts[next].Back) <= at)
                next++;
            var cut = next < cuts.Count && cuts[next].From <= at ? cuts[next] : null;
            var inside = cut is not null && cut.From <= at && at < cut.To;
            if (at < start || (inside && !cut!.Powered) || Math.Max(at + UploadSeconds, cut?.Delivered ?? 0) > now)
                continue;
            if (!lines && (any || separate))
                text.Add(","u8);
            any = true;
            Result(text.Add(head), probe, at, dice, answered: !inside || cut!.Answered);
            text.Add(lines ? "}\n"u8 : "}"u8);
        }
    }

    private static void Result(Utf8Text text, ScenarioProbe probe, long at, ulong dice, bool answered)
    {
        text.Add(at).Add(",\"lts\":"u8).Add(20 + (long)((dice >> 8) % 200)).Add(",\"result\":["u8);
        var (sum, least, most, received) = (0, int.MaxValue, 0, 0);
        for (var packet = 0; packet < 3; packet++)
        {
            if (packet > 0)
                text.Add(","u8);
            dice = Chance.Mix(dice + 1);
            if (!answered || dice % 200 == 0) // half a per cent of packets is lost in calm times
            {
                text.Add("{\"x\":\"*\"}"u8);
                continue;
            }

            var us = probe.UsualRttUs + (int)((dice >> 10) % 3_000);
            text.Add("{\"rtt\":"u8).AddThousandths(us).Add("}"u8);
            (sum, least, most, received) = (sum + us, Math.Min(least, us), Math.Max(most, us), received + 1);
        }

        text.Add("],\"rcvd\":"u8).Add(received);
        if (received == 0)
            text.Add(",\"min\":-1,\"max\":-1,\"avg\":-1"u8);
        else
            text.Add(",\"min\":"u8).AddThousandths(least).Add(",\"max\":"u8).AddThousandths(most)
                .Add(",\"avg\":"u8).AddThousandths(sum / received).Add(",\"ttl\":54"u8);
    }

    private static byte[] Head(ScenarioProbe probe) => Encoding.UTF8.GetBytes(
        $$"""{"af":4,"prb_id":{{probe.Id}},"from":"{{probe.Address}}","fw":{{probe.Firmware}},"src_addr":"192.168.1.10",""" +
        """ "dst_addr":"193.0.14.129","dst_name":"193.0.14.129","proto":"ICMP","size":32,"dup":0,"sent":3,"step":240,""" +
        """ "type":"ping","msm_id":1001,"msm_name":"Ping","group_id":1001,"timestamp":""");
}
