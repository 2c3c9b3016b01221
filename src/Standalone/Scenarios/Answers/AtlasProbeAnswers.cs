namespace Pharos.Standalone;

/// <summary>RIPE Atlas: the list of probes with their status as of the clock's now.</summary>
internal sealed class AtlasProbeAnswers(Scenario scenario)
{
    private const int UsualPage = 50, LargestPage = 500;

    public UpstreamAnswer To(Uri address, Query query, DateTimeOffset now)
    {
        var countries = query.List("country_code__in") ?? query.List("country_code");
        var statuses = query.List("status__in") ?? query.List("status");
        var seconds = now.ToUnixTimeSeconds();
        var found = scenario.Probes
            .Where(probe => countries is null || countries.Contains(probe.Nation.Country.Code, StringComparer.OrdinalIgnoreCase))
            .Select(probe => (Probe: probe, Status: Standing.Of(probe, seconds)))
            .Where(row => statuses is null || statuses.Contains($"{row.Status.Id}")).ToArray();

        var size = (int)Math.Clamp(query.Number("page_size") ?? UsualPage, 0, LargestPage);
        var page = (int)Math.Max(1, query.Number("page") ?? 1);
        var start = Math.Min(found.Length, (long)(page - 1) * size);
        var end = Math.Min(found.Length, start + size);
        var text = new Utf8Text(1024 + (int)((end - start) * 900));
        text.Add("{\"count\":"u8).Add(found.Length)
            .Add(",\"next\":"u8).AddQuoted(size > 0 && end < found.Length ? Page(address, page + 1) : null)
            .Add(",\"previous\":"u8).AddQuoted(page > 1 ? Page(address, page - 1) : null).Add(",\"results\":["u8);
        for (var i = start; i < end; i++)
        {
            if (i > start)
                text.Add(","u8);
            Write(text, found[i].Probe, found[i].Status, seconds);
        }

        return UpstreamAnswer.Json(text.Add("]}"u8));
    }

    private static string Page(Uri address, int page)
    {
        var others = address.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Where(part => !part.StartsWith("page=", StringComparison.Ordinal));
        return $"{address.GetLeftPart(UriPartial.Path)}?{string.Join('&', others.Append($"page={page}"))}";
    }

    private static void Write(Utf8Text text, ScenarioProbe probe, Standing status, long now)
    {
        var never = status.Id == 0;
        text.Add("{\"address_v4\":"u8).AddQuoted(never ? null : probe.Address).Add(",\"address_v6\":null,\"asn_v4\":"u8);
        Or(never, probe.Asn);
        text.Add(",\"asn_v6\":null,\"country_code\":"u8).AddQuoted(probe.Nation.Country.Code)
            .Add(",\"description\":\"Reconstructed probe\",\"firmware_version\":"u8).Add(never ? 0 : probe.Firmware)
            .Add(",\"first_connected\":"u8);
        Or(never, probe.FirstConnected);
        text.Add(",\"geometry\":null,\"id\":"u8).Add(probe.Id).Add(",\"is_anchor\":false,\"is_public\":true,\"last_connected\":"u8);
        Or(never, status.Id == 1 ? now : status.Since);
        text.Add(",\"prefix_v4\":"u8).AddQuoted(never ? null : probe.Prefix).Add(",\"prefix_v6\":null,\"status\":{\"id\":"u8).Add(status.Id)
            .Add(",\"name\":"u8).AddQuoted(status.Name).Add(",\"since\":"u8);
        if (never)
            text.Add("null},\"status_since\":null"u8);
        else
            text.Add("\""u8).AddTime(status.Since).Add("Z\"},\"status_since\":"u8).Add(status.Since);
        text.Add(",\"tags\":"u8).Add(status.Id == 1
            ? "[{\"name\":\"system: IPv4 Works\",\"slug\":\"system-ipv4-works\"}]"u8
            : "[]"u8);
        text.Add(",\"total_uptime\":"u8).Add(never ? 0 : Math.Max(0, (status.Id == 1 ? now : status.Since) - probe.FirstConnected))
            .Add(",\"type\":\"Probe\"}"u8);

        void Or(bool missing, long number)
        {
            if (missing)
                text.Add("null"u8);
            else
                text.Add(number);
        }
    }

    /// <summary>Status of a probe, as far as its controller knows at a moment.</summary>
    private sealed record Standing(int Id, string Name, long Since)
    {
        public static Standing Of(ScenarioProbe probe, long now)
        {
            switch (probe.Lost)
            {
                case "Never Connected":
                    return new(0, "Never Connected", 0);
                case "Abandoned":
                    return new(3, "Abandoned", probe.FirstConnected + (86_400 * 90));
                case "Written Off":
                    return new(4, "Written Off", probe.FirstConnected + (86_400 * 120));
            }

            var standing = new Standing(1, "Connected", probe.Since);
            foreach (var cut in probe.Cuts)
            {
                if (cut.BreaksSession && cut.LostKnown <= now && !cut.Late)
                    standing = new(2, "Disconnected", cut.Lost);
                if (cut.BreaksSession && cut.Back < now)
                    standing = new(1, "Connected", cut.Back);
            }

            return standing;
        }
    }
}
