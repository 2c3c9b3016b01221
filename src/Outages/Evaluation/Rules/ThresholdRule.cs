namespace Pharos.Outages;

/// <summary>Alerts of one rule, merged over two hours and over sources, as predictions: what users of thresholds have today.</summary>
/// <param name="Name">Its name in a score card.</param>
/// <param name="Sources">How many sources must alert.</param>
public sealed record ThresholdRule(string Name, int Sources)
{
    /// <summary>Pause between alerts that still makes one event, bins (2 h).</summary>
    private const int Pause = 24;

    private readonly List<(int From, int Until, int Signal)> alerts = [];

    /// <summary>Takes the measure of one signal: it alerts wherever the measure is below the threshold, until a value above it.</summary>
    public void Take(int signal, ReadOnlySpan<float> measure, double threshold)
    {
        var from = -1;
        for (var bin = 0; bin < measure.Length; bin++)
        {
            if (float.IsNaN(measure[bin]))
                continue;
            if (measure[bin] < threshold)
            {
                from = from < 0 ? bin : from;
            }
            else if (from >= 0)
            {
                alerts.Add((from, bin, signal));
                from = -1;
            }
        }
        if (from >= 0)
            alerts.Add((from, measure.Length, signal));
    }

    /// <summary>The events of the country whose signals were taken; the rule is empty again afterwards.</summary>
    public IReadOnlyList<Prediction> Events(Country country, Bin first)
    {
        var events = new List<Prediction>();
        alerts.Sort();
        for (var i = 0; i < alerts.Count;)
        {
            var (from, until, _) = alerts[i];
            var sources = new SortedDictionary<int, int>();
            for (; i < alerts.Count && alerts[i].From <= until + Pause; i++)
            {
                until = Math.Max(until, alerts[i].Until);
                sources.TryAdd(alerts[i].Signal, alerts[i].From);
            }
            if (sources.Count >= Sources)
                events.Add(new Prediction(country, first + from, first + until, first + sources.Values.Order().ElementAt(Sources - 1), double.NaN, null, null, 0));
        }
        alerts.Clear();
        return events;
    }
}
