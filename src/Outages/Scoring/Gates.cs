using System.Globalization;

namespace Pharos.Outages;

/// <summary>Walks the gates of one bin, given the state after it and whether a dip was open before it.</summary>
internal static class Gates
{
    public static IReadOnlyList<Gate> Of(CountryState after, bool wasInDip, int bin)
    {
        var (dips, fused, method) = (after.Dips, after.Fused, after.Method);
        var known = dips.UnknownFor == 0;
        var seeing = after.Series.Count(signal => signal.Weight > 0);
        var gates = new List<Gate>
        {
            new(GateKind.Readings, seeing > 0, seeing, 1, Text($"{seeing} of {after.Series.Length} signals have a fresh reading, a baseline and weight")),
            new(GateKind.Coverage, known, fused.Coverage, method.CoverageLeast, Text($"coverage {fused.Coverage:F3}, at least {method.CoverageLeast} is needed")),
        };
        if (wasInDip)
            StayOpen(gates, dips, fused, method, bin);
        else
            Open(gates, dips, fused, method, known);
        var rule = StateRules.First(after, bin);
        gates.Add(new Gate(GateKind.State, rule.State is not (State.Stable or State.Unknown), null, null, $"{States.Word(rule.State)}: {rule.Says}"));
        gates.Add(OfEvent(after));
        return gates;
    }

    private static void Open(List<Gate> gates, Dips dips, in Fusion fused, Method method, bool known)
    {
        var least = fused.OpensAt(method);
        var needed = Math.Max(least, dips.Floor + (0.25 * dips.LastPeak));
        var raised = needed > least
            ? Text($", raised from {least} as the tail of a dip of {dips.LastPeak:F3} is no new dip (lowest since {dips.Floor:F3})")
            : fused.UsageOnly && needed > method.LossOn ? Text($", more than the usual {method.LossOn} as only usage is down")
            : needed < method.LossOn ? Text($", less than the usual {method.LossOn} as the data plane sees the country well")
            : "";
        var turned = dips.OnFor >= method.BinsToTurn || fused.Witnesses >= 2;
        gates.Add(new Gate(GateKind.Loss, known && fused.Loss >= needed, fused.Loss, needed, Text($"loss {fused.Loss:F3}, at least {needed:F3} is needed{raised}")));
        gates.Add(new Gate(
            GateKind.Evidence, fused.Evidence >= method.EvidenceToOpen, fused.Evidence, method.EvidenceToOpen,
            Text($"evidence {fused.Evidence:F2} nats, at least {method.EvidenceToOpen} are needed")));
        gates.Add(new Gate(
            GateKind.Turn, turned, dips.OnFor, method.BinsToTurn,
            Text($"{dips.OnFor} bins with a new sample above the threshold and {fused.Witnesses} planes as witnesses; {method.BinsToTurn} bins or 2 planes are needed")));
        gates.Add(new Gate(GateKind.Dip, dips.InDip, null, null, dips.InDip ? $"a dip opens, back-dated to {new Bin(dips.Dip.Onset)}" : "no dip is open"));
    }

    private static void StayOpen(List<Gate> gates, Dips dips, in Fusion fused, Method method, int bin)
    {
        var closing = Math.Max(method.LossOff, 0.25 * dips.Dip.Peak);
        gates.Add(new Gate(
            GateKind.Loss, fused.Loss >= closing, fused.Loss, closing,
            Text($"loss {fused.Loss:F3}; the open dip closes after {method.BinsToTurn} bins below {closing:F3}, a quarter of its peak, and {dips.OffFor} have passed")));
        gates.Add(new Gate(GateKind.Evidence, true, fused.Evidence, 0, Text($"evidence {fused.Evidence:F2} nats; an open dip needs none to stay open")));
        gates.Add(new Gate(
            GateKind.Dip, dips.InDip, null, null,
            dips.InDip
                ? Text($"a dip is open since {new Bin(dips.Dip.Onset)}, {bin - dips.Dip.Onset + 1} bins, largest loss {dips.Dip.Peak:F3}")
                : $"the dip closes; it ended at {new Bin(dips.LastEnd)}"));
    }

    private static Gate OfEvent(CountryState after)
    {
        if (after.Events() is not [.., { } found] || after.Dips.Episode is null)
            return new Gate(GateKind.Event, false, null, null, "no event is known");
        var open = found.Closed is null;
        var says = Text($"event since {found.Start}, class {States.Word(found.Class)}, {Amounts.Count(found.Dips.Count, "dip")}, largest loss {found.Depth:F3}");
        return new Gate(GateKind.Event, open, null, null, open ? says + ", open" : $"{says}, closed {found.Closed}");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
