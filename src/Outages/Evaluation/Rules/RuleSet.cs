namespace Pharos.Outages;

/// <summary>
/// The rules that Pharos is measured against, side by side: IODA's (routes below 99 / 50 % of the 24-hour median, probing below 80 / 50 % and the
/// telescope below 25 / 10 % of the 7-day median), a 7-day median with a threshold, and a z-score. Re-implemented, not the originals.
/// </summary>
public sealed class RuleSet
{
    private readonly ThresholdRule warningAny = new("IODA-like warning, any source", 1);
    private readonly ThresholdRule criticalAny = new("IODA-like critical, any source", 1);
    private readonly ThresholdRule warningTwo = new("IODA-like warning, 2 sources", 2);
    private readonly ThresholdRule criticalTwo = new("IODA-like critical, 2 sources", 2);
    private readonly ThresholdRule medianAny = new("below half of the 7-day median, any source", 1);
    private readonly ThresholdRule medianTwo = new("below half of the 7-day median, 2 sources", 2);
    private readonly ThresholdRule distanceAny = new("z-score below -3, any source", 1);
    private readonly ThresholdRule distanceTwo = new("z-score below -3, 2 sources", 2);

    /// <summary>The rules, in the order of the table.</summary>
    public IReadOnlyList<ThresholdRule> Rules => [warningAny, criticalAny, warningTwo, criticalTwo, medianAny, medianTwo, distanceAny, distanceTwo];

    /// <summary>What the rules say of one country, in their order.</summary>
    public IReadOnlyList<IReadOnlyList<Prediction>> Judge(Country country, Bin first, IReadOnlyList<Signal> signals, IReadOnlyList<float[]> series)
    {
        ArgumentNullException.ThrowIfNull(signals);
        ArgumentNullException.ThrowIfNull(series);
        for (var i = 0; i < signals.Count; i++)
        {
            if (series[i].All(float.IsNaN))
                continue;
            var ratios = RuleMeasures.SevenDayRatio(series[i]);
            medianAny.Take(i, ratios, 0.5);
            medianTwo.Take(i, ratios, 0.5);
            var distances = RuleMeasures.SevenDayDistance(series[i]);
            distanceAny.Take(i, distances, -3);
            distanceTwo.Take(i, distances, -3);
            if (Ioda(signals[i].Kind) is not var (window, least, warning, critical))
                continue;
            var painted = RuleMeasures.Painted(series[i], window, signals[i].Period, least);
            warningAny.Take(i, painted, warning);
            warningTwo.Take(i, painted, warning);
            criticalAny.Take(i, painted, critical);
            criticalTwo.Take(i, painted, critical);
        }
        return [.. Rules.Select(rule => rule.Events(country, first))];
    }

    private static (int Window, double Least, double Warning, double Critical)? Ioda(SignalKind kind) => kind switch
    {
        SignalKind.Routes => (Bin.PerDay, 0, .99, .50),
        SignalKind.Ping => (7 * Bin.PerDay, 20, .80, .50),
        SignalKind.Telescope => (7 * Bin.PerDay, 20, .25, .10),
        _ => null,
    };
}
