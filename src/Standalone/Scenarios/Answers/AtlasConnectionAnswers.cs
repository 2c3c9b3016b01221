namespace Pharos.Standalone;

/// <summary>
/// RIPE Atlas measurement 7000: connects and disconnects. Probe by probe, so not ordered by time; a disconnect noticed late stands
/// after the connect that gave it away, and knows neither ASN nor prefix.
/// </summary>
internal sealed class AtlasConnectionAnswers(Scenario scenario)
{
    public UpstreamAnswer To(Query query, DateTimeOffset now)
    {
        var seconds = now.ToUnixTimeSeconds();
        var stop = Math.Min(query.Moment("stop") ?? seconds, seconds);
        var log = new Log(query["format"] == "txt", query.Moment("start") ?? 0, stop, seconds);
        foreach (var probe in ProbeIds.Among(scenario.Probes, query))
        {
            log.Write(probe, probe.Since, "connect"u8, probe.Since + 1, known: true);
            foreach (var cut in probe.Cuts)
            {
                if (!cut.BreaksSession)
                    continue;
                if (!cut.Late)
                    log.Write(probe, cut.Lost, "disconnect"u8, cut.LostKnown, known: true);
                log.Write(probe, cut.Back, "connect"u8, cut.Back + 1, known: true);
                if (cut.Late)
                    log.Write(probe, cut.Back - 2, "disconnect"u8, cut.LostKnown, known: false);
            }
        }

        return log.Answer();
    }

    private sealed class Log(bool lines, long start, long stop, long now)
    {
        private readonly Utf8Text text = lines ? new Utf8Text() : new Utf8Text().Add("["u8);
        private bool any;

        public void Write(ScenarioProbe probe, long at, ReadOnlySpan<byte> what, long stored, bool known)
        {
            if (at < start || at > stop || stored > now)
                return;
            if (any && !lines)
                text.Add(","u8);
            any = true;
            text.Add("{\"timestamp\":"u8).Add(at).Add(",\"prb_id\":"u8).Add(probe.Id)
                .Add(",\"msm_id\":7000,\"type\":\"connection\",\"event\":\""u8).Add(what)
                .Add("\",\"controller\":\"ctr-ams0"u8).Add(1 + (probe.Id % 4)).Add("\",\"asn\":"u8);
            if (known)
                text.Add(probe.Asn);
            else
                text.Add("null"u8);
            text.Add(",\"prefix\":"u8).AddQuoted(known ? probe.Prefix : null)
                .Add(",\"stored_timestamp\":"u8).Add(stored).Add(lines ? "}\n"u8 : "}"u8);
        }

        public UpstreamAnswer Answer() => lines ? UpstreamAnswer.Lines(text) : UpstreamAnswer.Json(text.Add("]"u8));
    }
}
