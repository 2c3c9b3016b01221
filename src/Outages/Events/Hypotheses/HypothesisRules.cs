namespace Pharos.Outages;

/// <summary>
/// The rules with their expert points. The points are untested judgement, for want of labelled data (METHOD.md, "Hypotheses"); only those of the ordered
/// shutdown stand beside measured ratios.
/// </summary>
internal static class HypothesisRules
{
    private const string RoundTrips = "round-trip times before and during the loss", Onset = "the readings around the onset", Return = "how it came back";

    public static readonly IReadOnlyList<HypothesisRule> All =
    [
        new(HypothesisKind.Fault, "a fault in a router or its software", "flapping, whole networks at once, back as a step to the same level, usually within hours",
        [
            new(2, seen => seen.UnstableBefore, Before, ""),
            new(2, seen => seen.WholeNetworks, _ => "whole networks vanished at once while others stayed", "which networks (ASNs) were lost"),
            new(1, seen => seen.Return is { } back ? back == ReturnShape.Step : null, _ => "it came back as one step", Return),
            new(1, seen => seen.IsOver ? seen.Lasted < TimeSpan.FromHours(3) : null, seen => $"it lasted {Amounts.Length(seen.Lasted)}, less than three hours", "how long it lasts"),
            new(-2, seen => seen.Recurred, _ => "it came at the same clock time as an earlier loss", ""),
        ]),
        new(HypothesisKind.Attack, "an attack or overload", "delay and loss rise first, short drops come faster and last longer, routes flap but stay originated",
        [
            new(2, seen => seen.RoundTripRose, _ => "delay or packet loss rose before the loss", RoundTrips),
            new(2, seen => seen.GrewBefore, seen => $"the {Amounts.Count(seen.DipsBefore, "drop")} before it came faster, lasted longer or reached deeper", ""),
            new(1, seen => seen.RoutesFlapped, _ => "routes flapped and returned in between", "routes during the drops"),
            new(-2, seen => seen.EndedOnTheHour, _ => "it ended sharply on the hour", Return),
            new(-1, seen => seen.RoundTripRose is { } rose ? !rose : null, _ => "delay never changed", ""),
        ]),
        new(HypothesisKind.Ordered, "an ordered shutdown", "begins on the hour, everywhere within half an hour but not in the same second, at the same clock time on several days",
        [
            new(1, seen => seen.NetworksStaggered, _ => "networks left one after another within half an hour", "the times at which the single networks left"),
            new(1, seen => seen.DarkWithRoutesUp is true || seen.AllRoutesGone is true ? true : seen.DarkWithRoutesUp is null && seen.AllRoutesGone is null ? null : false,
                seen => seen.DarkWithRoutesUp is true ? "traffic is gone while routes are present" : "all routes are withdrawn", "routes and traffic together"),
            new(-2, Gradual, Slope, Onset),
            new(-2, seen => seen.UnstableBefore, Before, ""),
        ]),
        new(HypothesisKind.Power, "a power cut", "probes, pings and users fall while most routes stay, over hours, in part of the country, and come back slowly",
        [
            new(2, seen => seen.RoutesStayed, _ => "pings and users fell while most routes stayed", "routes and paths together"),
            new(2, seen => Gradual(seen) is { } gradual && seen.Return is { } back ? gradual && back != ReturnShape.Step : null, seen => $"{Slope(seen)}, and it came back slowly", "onset and return together"),
            new(1, seen => seen.Depth is > 0.2 and < 0.9, seen => $"only a part was lost, {Amounts.Share(seen.Depth)} at worst", ""),
            new(-1, seen => seen.Depth >= 0.9, _ => "everything was lost, which batteries and generators usually prevent", ""),
            new(2, seen => seen.ProbesKeptRunning is { } ran ? !ran : null, _ => "probes inside had restarted when they came back", "whether probes inside kept running (their uptime)"),
            new(-3, seen => seen.ProbesKeptRunning, _ => "probes inside kept running through it", ""),
            new(-2, seen => seen.RoutesFirst, _ => "routes were lost first", ""),
        ]),
        new(HypothesisKind.Cable, "a cut cable", "a step to a partial loss at an odd minute, longer paths on what is left, neighbours on the same cable hit in the same hour",
        [
            new(2, seen => seen.RoundTripRose is { } rose ? rose && seen.Depth < 0.9 : null, _ => "a part was lost and delay rose on the rest", RoundTrips),
            new(3, seen => seen.NeighboursHit, _ => "neighbours on the same cable were hit in the same hour", "the countries that share its cables"),
            new(1, seen => !seen.OnTheHour && !seen.OnTheHalfHour, seen => $"it began at an odd minute, {seen.LocalClock}", ""),
            new(-1, seen => seen.SeveralCables is { } several ? several && seen.Depth >= 0.9 : null, _ => "everything was lost in a country of several cables", "how many cables it has"),
            // Cowie 2014: point causes "don't generate prolonged instability before a total failure".
            new(-3, seen => seen.UnstableBefore, Before, ""),
        ]),
        new(HypothesisKind.Upstream, "the loss of an upstream network", "the lost prefixes share one transit network, which is ill elsewhere too",
        [
            new(3, seen => seen.CommonUpstream, _ => "what was lost shares one upstream network", "the upstream networks of what was lost"),
            new(2, seen => seen.UpstreamIllElsewhere, _ => "that network is ill elsewhere too", ""),
            new(-2, seen => seen.CommonUpstream is { } common ? !common : null, _ => "several upstream networks were still seen", ""),
        ]),
    ];

    private static bool? Gradual(EventFeatures seen) => seen.Fall is { } fall ? fall >= TimeSpan.FromHours(1) : null;

    private static string Slope(EventFeatures seen) => $"it fell over {Amounts.Length(seen.Fall ?? TimeSpan.Zero)}";

    private static string Before(EventFeatures seen) => $"instability preceded the loss: {Amounts.Count(seen.DipsBefore, "drop")} before it";
}
