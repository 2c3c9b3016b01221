using System.Globalization;

namespace Pharos.Standalone;

/// <summary>An answer to "why?" as lines for people.</summary>
internal static class WhyText
{
    public static void Print(WhyAnswer answer, TextWriter output)
    {
        foreach (var line in Lines(answer))
            output.WriteLine(line);
    }

    public static IEnumerable<string> Lines(WhyAnswer answer)
    {
        var why = answer.Explanation;
        var found = why.Assessment;
        yield return $"{found.Country.Name}, {Moments.Both(found.Bin.Start, Place.Of(found.Country))}";
        yield return Text($"{States.Word(found.State)}, {States.Word(found.Now)}: score {found.Score:F2}, confidence {found.Confidence:F3}, coverage {found.Coverage:F3}; method {why.Method}");
        if (answer.Stored is { } stored && !answer.IsAsStored)
            yield return Text($"Stored is {States.Word(stored.State)}, score {stored.Score:F2}: readings came late, or fewer are kept than there were.");
        yield return "";
        yield return "Signals";
        foreach (var line in why.Signals.SelectMany(OfSignal))
            yield return "  " + line;
        yield return "";
        yield return "Planes";
        var planes = why.Fusion.Planes;
        yield return Text($"  routes: loss {planes.RoutesLoss:F3}, weight {planes.RoutesWeight:F3}; paths: loss {planes.PathsLoss:F3}, weight {planes.PathsWeight:F3}; users: loss {planes.UsersLoss:F3}, weight {planes.UsersWeight:F3}");
        yield return Text($"  loss {why.Fusion.Loss:F3} = the larger of paths and users {why.Fusion.PathsLoss:F3} and gamma {why.Fusion.Gamma:F3} × routes {planes.RoutesLoss:F3}");
        yield return "";
        yield return "Gates";
        foreach (var gate in answer.Gates)
            yield return $"  {(gate.Passed ? "passed " : "stopped")}  {gate.Kind.ToString().ToLowerInvariant(),-8}  {gate.Says}";
        yield return "";
        yield return answer.StoppedBy is { } stop ? $"Stopped at {stop.Kind.ToString().ToLowerInvariant()}: {stop.Says}." : "Nothing stopped it.";
    }

    private static IEnumerable<string> OfSignal(SignalExplanation signal)
    {
        var found = signal.Found;
        var value = found.Reading.TryValue(out var number) ? Text($"{number:0.####}") : States.Word(found.Reading.Gap);
        var expected = found.Expected is { } norm ? Text($"{norm:0.####}") : "nothing yet";
        yield return $"{found.Signal.Name}: {value}, expected {expected}; {signal.Says}";
        if (signal is { Ratio: { } ratio, Drop: { } drop, NoiseAllowance: { } noise })
            yield return Text($"    ratio {ratio:F3}{(signal.CommonRatio == 1 ? "" : Text($" after {signal.CommonRatio} common to all countries"))}, drop {drop:F3}, noise allowance {noise:F3} (spread {found.Spread:F4}), loss {found.Loss:F3}");
        yield return signal.LogRatio is { } llr
            ? Text($"    evidence {signal.EvidenceBefore:F2} + {signal.Tempo} × {llr:F2} gives {found.Evidence:F2}, at most {signal.EvidenceCap}")
            : Text($"    evidence {found.Evidence:F2}, unchanged without a new sample");
        var factors = signal.Factors;
        yield return Text($"    weight {factors.Product:F3} = {factors.Most} × fresh {factors.Fresh:F2} × support {factors.Support:F2} × quiet {factors.Quiet:F2} × warm {factors.Warm:F2}; recency {signal.Recency:F2}");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
