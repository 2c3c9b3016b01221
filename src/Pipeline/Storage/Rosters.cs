using System.Globalization;

namespace Pharos.Pipeline;

/// <summary>
/// Rosters of probes by the hour, so that a window may be told again from the roster before it: table <c>roster</c>, partition = hour,
/// key = country. Hours older than three days are removed as new ones come.
/// </summary>
public sealed class Rosters(ITables tables)
{
    private const string Table = "roster";
    private const byte Format = 1;
    private const int HoursKept = 72;

    /// <summary>The hour a moment lies in: rosters stand at whole hours.</summary>
    public static DateTimeOffset Moment(DateTimeOffset moment)
    {
        var seconds = moment.ToUnixTimeSeconds();
        return DateTimeOffset.FromUnixTimeSeconds(seconds - (seconds % 3600));
    }

    /// <summary>The newest roster of each country at or before a moment; countries without one are left out.</summary>
    public async Task<IReadOnlyDictionary<Country, ProbeRoster>> Read(DateTimeOffset at, IReadOnlyCollection<Country> countries, CancellationToken cancel)
    {
        var missing = countries.ToHashSet();
        var found = new Dictionary<Country, ProbeRoster>();
        for (var (hour, i) = (Moment(at), 0); i < HoursKept && missing.Count > 0; (hour, i) = (hour.AddHours(-1), i + 1))
            await foreach (var row in tables.Query(Table, Partition(hour), null, null, cancel))
                if (Country.TryParse(row.Key, out var country) && missing.Remove(country))
                    found[country] = Decode(country, row.Body.Span);
        return found;
    }

    /// <summary>Writes rosters, each at its own hour.</summary>
    public async Task Write(IReadOnlyCollection<ProbeRoster> rosters, CancellationToken cancel)
    {
        if (rosters.Count == 0)
            return;
        await tables.WriteAll(Table, [.. rosters.Select(each => new Row(Partition(At(each)), each.Country.Code, Encode(each)))], cancel);
        await Prune(rosters.Max(At).AddHours(-HoursKept), cancel);
    }

    private async Task Prune(DateTimeOffset old, CancellationToken cancel)
    {
        var keys = new List<string>();
        await foreach (var row in tables.Query(Table, Partition(old), null, null, cancel))
            keys.Add(row.Key);
        foreach (var key in keys)
            await tables.Delete(Table, Partition(old), key, cancel);
    }

    private static DateTimeOffset At(ProbeRoster roster) => DateTimeOffset.FromUnixTimeSeconds(roster.At);

    private static string Partition(DateTimeOffset hour) => hour.UtcDateTime.ToString("yyyyMMdd'T'HH", CultureInfo.InvariantCulture);

    // Ids ascend, so their steps are small; the times are unix seconds.
    private static byte[] Encode(ProbeRoster roster)
    {
        var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write(Format);
        writer.Write(roster.At);
        writer.Write(roster.Listed);
        writer.Write7BitEncodedInt(roster.Probes.Count);
        var last = 0;
        foreach (var probe in roster.Probes)
        {
            writer.Write7BitEncodedInt(probe.Id - last);
            writer.Write7BitEncodedInt64((probe.Since << 1) | (probe.Connected ? 1L : 0L));
            last = probe.Id;
        }
        writer.Flush();
        return bytes.ToArray();
    }

    private static ProbeRoster Decode(Country country, ReadOnlySpan<byte> bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes.ToArray()));
        if (reader.ReadByte() is var format && format != Format)
            throw new InvalidDataException($"A roster of {country} has format {format}; this program knows {Format}.");
        var (at, listed) = (reader.ReadInt64(), reader.ReadInt64());
        var probes = new Probe[reader.Read7BitEncodedInt()];
        var id = 0;
        for (var i = 0; i < probes.Length; i++)
        {
            id += reader.Read7BitEncodedInt();
            var packed = reader.Read7BitEncodedInt64();
            probes[i] = new Probe(id, (packed & 1) == 1, packed >> 1);
        }
        return new ProbeRoster(country, at, listed, probes);
    }
}
