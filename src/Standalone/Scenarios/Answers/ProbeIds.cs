using System.Globalization;

namespace Pharos.Standalone;

/// <summary>The parameter <c>probe_ids</c>: ids and ranges, <c>1,2,5-9</c>.</summary>
internal static class ProbeIds
{
    /// <summary>Those of the probes that take part and are meant; all that take part where the parameter is absent.</summary>
    public static IEnumerable<ScenarioProbe> Among(IReadOnlyList<ScenarioProbe> probes, Query query)
    {
        var live = probes.Where(probe => probe.Lost is null);
        if (query.List("probe_ids") is not { } items)
            return live;
        var ranges = items.Select(Range).ToArray();
        return live.Where(probe => Array.Exists(ranges, range => range.First <= probe.Id && probe.Id <= range.Last));
    }

    private static (int First, int Last) Range(string item)
    {
        var dash = item.IndexOf('-', StringComparison.Ordinal);
        return dash < 0 ? (Id(item), Id(item)) : (Id(item[..dash]), Id(item[(dash + 1)..]));
    }

    private static int Id(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : -1;
}
