using System.Text.Json;

namespace Pharos.Pipeline;

/// <summary>A probe as RIPE Atlas lists it: in the denominator (connected or disconnected), with the time of its last change.</summary>
/// <param name="Id">Id of the probe.</param>
/// <param name="Country">Where it says it is; null when the list does not tell.</param>
/// <param name="Connected">Status 1; status 2 otherwise.</param>
/// <param name="Since">Unix seconds of the last change; 0 when unknown.</param>
public readonly record struct ListedProbe(int Id, Country? Country, bool Connected, long Since);

/// <summary>One page of the list of probes.</summary>
public sealed record ProbesPage(IReadOnlyList<ListedProbe> Probes, Uri? Next, Sieve Sieve)
{
    private static readonly string[] Statuses = ["Never Connected", "Connected", "Disconnected", "Abandoned", "Written Off"];

    /// <summary>
    /// In: a page, or a single probe. Out: the probes with status 1 or 2. Others are skipped: never connected, abandoned and written-off ones
    /// pile up for ever and would make any country look half empty.
    /// </summary>
    /// <param name="bytes">The answer.</param>
    /// <param name="asked">The country asked about: unknown parameters are ignored upstream, so a page may hold the world.</param>
    public static ProbesPage Parse(ReadOnlyMemory<byte> bytes, Country? asked = null)
    {
        var sieve = new Sieve();
        var probes = new List<ListedProbe>();
        using var document = LooseJson.Parse(bytes, out var problem);
        if (document is null)
            return new ProbesPage(probes, null, sieve.Refuse(problem!, bytes.Span));
        var root = document.RootElement;
        if (root.Has("error", out var error))
            return new ProbesPage(probes, null, sieve.Refuse($"error: {error.Text("detail") ?? "without detail"}", bytes.Span));
        if (root.Has("results", out var results) && results.ValueKind == JsonValueKind.Array)
        {
            foreach (var probe in results.EnumerateArray())
                ReadProbe(probe, asked, probes, sieve);
            _ = Uri.TryCreate(root.Text("next"), UriKind.Absolute, out var next);
            return new ProbesPage(probes, next, sieve);
        }
        if (!IsProbe(root))
            return new ProbesPage(probes, null, sieve.Refuse("no list of probes", bytes.Span));
        ReadProbe(root, asked, probes, sieve);
        return new ProbesPage(probes, null, sieve);
    }

    /// <summary>Whether an object looks like a probe.</summary>
    internal static bool IsProbe(JsonElement element) =>
        element.Text("type") == "Probe" || (element.Has("id", out _) && element.Has("status", out _) && element.Has("country_code", out _));

    private static void ReadProbe(JsonElement probe, Country? asked, List<ListedProbe> probes, Sieve sieve)
    {
        if (probe.ValueKind != JsonValueKind.Object || !probe.Has("id", out var number) || !number.IsWhole(out var id) || id is < 0 or > int.MaxValue)
            sieve.Reject("id: missing or no whole number", probe);
        else if (probe.Repeats(out var name))
            sieve.Reject($"{name}: stands twice", probe);
        else if (!TryStatus(probe, out var status))
            sieve.Skip("no status");
        else if (status is < 0 or > 4)
            sieve.Reject("status: unknown", probe);
        else if (status is not (1 or 2))
            sieve.Skip($"status {status} {Statuses[status]}");
        else if (!TryCountry(probe, out var country, out var reason))
            sieve.Skip(reason);
        else if (country is { } told && asked is { } wanted && told != wanted)
            sieve.Skip("country was not asked for");
        else
            probes.Add(new ListedProbe((int)id, country ?? asked, status == 1, Since(probe)));
    }

    // The API gives an object, the archive and older versions a number.
    private static bool TryStatus(JsonElement probe, out long status)
    {
        status = -1;
        if (!probe.Has("status", out var told))
            return false;
        return told.ValueKind == JsonValueKind.Object ? told.Has("id", out var id) && id.IsWhole(out status) : told.IsWhole(out status);
    }

    private static bool TryCountry(JsonElement probe, out Country? country, out string reason)
    {
        country = null;
        reason = "";
        if (!probe.Holds("country_code", out var member))
            return true;
        var code = member.ValueKind == JsonValueKind.String ? probe.Text("country_code") : null;
        if (string.IsNullOrEmpty(code))
            reason = "probe without a country";
        else if (Country.TryParse(code, out var parsed))
            country = parsed;
        else
            reason = "probe in an unknown country";
        return country is not null;
    }

    private static long Since(JsonElement probe)
    {
        if (probe.Has("status_since", out var since) && since.IsWhole(out var seconds) && seconds is > 0 and < 4_102_444_800)
            return seconds;
        return probe.Has("status", out var status) && LooseJson.IsTime(status.Text("since"), out var time) ? time.ToUnixTimeSeconds() : 0;
    }
}
