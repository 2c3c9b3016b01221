using System.Globalization;

namespace Pharos.Outages;

/// <summary>
/// Naive Bayes for the ordered shutdown with likelihood ratios measured on 913 national events, 163 of them ordered (dataset of Bischof et al., "Destination
/// Unreachable", SIGCOMM 2023). Leave-one-country-out: AUC .92 to .93; at p ≥ .7 precision .97 and recall .69.
/// </summary>
internal static class OrderedRatios
{
    /// <summary>Share of ordered shutdowns among national events.</summary>
    public const double Prior = 0.18;

    /// <summary>What is known of an event with its ratios, the probability, and what could not be asked.</summary>
    public static (double Probability, IReadOnlyList<Indication> Seen, IReadOnlyList<string> Missing) Of(EventFeatures seen)
    {
        var known = new List<Indication>();
        var missing = new List<string>();
        Say(seen.OnTheHour ? 3.4 : seen.OnTheHalfHour ? 0.72 : 0.15, $"it began {(seen.OnTheHour ? "on the hour" : seen.OnTheHalfHour ? "at half past" : "at an odd minute")}, {seen.LocalClock}");
        if (seen.AllPlanesHit is { } all)
            Say(all ? 1.7 : 0.10, all ? "routes, paths and users were all hit" : "not all of routes, paths and users were hit");
        else
            missing.Add("routes, paths and users seen together");
        Say(seen.Recurred ? 60 : 0.28, seen.Recurred ? "an earlier loss of the last seven days began at the same clock time" : "no loss of the last seven days began at the same clock time");
        Say(seen.LocalHour < 6 ? 2.4 : seen.LocalHour < 18 ? 0.5 : 0.27, $"it began {(seen.LocalHour < 6 ? "at night" : seen.LocalHour < 18 ? "by day" : "in the evening")}, local time");
        // While it lasts only a bound of its length is known: the smaller ratio of what is still possible.
        if (seen.IsOver || seen.Lasted >= TimeSpan.FromHours(3))
        {
            var hours = seen.Lasted.TotalHours;
            var length = seen.IsOver ? $"it lasted {Amounts.Length(seen.Lasted)}" : $"it has lasted {Amounts.Length(seen.Lasted)} so far";
            Say(seen.IsOver && hours < 1 ? 0.22 : seen.IsOver && hours < 3 ? 0.23 : seen.IsOver && hours < 12 ? 2.5 : 1.5, length);
        }
        else
        {
            missing.Add("how long it lasts");
        }
        var odds = Prior / (1 - Prior) * known.Aggregate(1.0, (product, one) => product * one.Ratio!.Value);
        return (Math.Round(odds / (1 + odds), 4), known, missing);

        void Say(double ratio, string text) => known.Add(new Indication(string.Create(CultureInfo.InvariantCulture, $"{text} (ratio {ratio})"), 0, ratio));
    }
}
