namespace Pharos.Standalone;

/// <summary>The bins of one day, gathered by what they say, in the order in which each value was first seen.</summary>
internal sealed class Stretches
{
    private readonly Dictionary<(int V4, int V6, int Asns), List<(int First, int Last)>> byValues = [];
    private readonly List<(int V4, int V6, int Asns)> order = [];

    public void Collect(CountrySeries series, int start, int end)
    {
        byValues.Clear();
        order.Clear();
        for (var i = start; i < end;)
        {
            var values = At(series, i);
            var first = i++;
            while (i < end && At(series, i) == values)
                i++;
            if (!byValues.TryGetValue(values, out var runs))
            {
                byValues.Add(values, runs = []);
                order.Add(values);
            }

            runs.Add((first, i - 1));
        }
    }

    public void Write(Utf8Text text, CountrySeries series, bool separate)
    {
        foreach (var values in order)
        {
            text.Add(separate ? ",{\"timeline\":["u8 : "{\"timeline\":["u8);
            separate = true;
            var runs = byValues[values];
            for (var r = 0; r < runs.Count; r++)
            {
                // The end is the start of the last bin: 12:00 to 12:20 are five bins.
                text.Add(r > 0 ? ",{\"starttime\":\""u8 : "{\"starttime\":\""u8).AddTime(Seconds(series, runs[r].First))
                    .Add("+00:00\",\"endtime\":\""u8).AddTime(Seconds(series, runs[r].Last)).Add("+00:00\"}"u8);
            }

            // What the registry holds is not known here: −1, as the service says for what it has not got.
            text.Add("],\"v4_prefixes_ris\":"u8).Add(values.V4)
                .Add(",\"v6_prefixes_ris\":"u8).Add(values.V6).Add(",\"asns_ris\":"u8).Add(values.Asns)
                .Add(",\"v4_prefixes_stats\":-1,\"v6_prefixes_stats\":-1,\"asns_stats\":"u8)
                .Add(series.Nation.Asns + (series.Nation.Asns / 5))
                .Add(",\"stats_date\":\""u8).AddTime(Seconds(series, runs[0].First) / 86_400 * 86_400).Add("\"}"u8);
        }
    }

    private static (int V4, int V6, int Asns) At(CountrySeries series, int i) => (series.PrefixesV4[i], series.PrefixesV6[i], series.Asns[i]);

    private static long Seconds(CountrySeries series, int i) => (series.First + i).Number * 300L;
}
