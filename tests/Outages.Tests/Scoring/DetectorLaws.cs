using CsCheck;

namespace Pharos.Outages.Tests;

/// <summary>What must hold for any readings.</summary>
public class DetectorLaws
{
    private const int WarmBins = 3 * Bin.PerDay, JudgedBins = 120;

    private static readonly Signal[] Watched = [Signals.IodaBgp, Signals.IodaPing, Signals.AtlasConnected];

    /// <summary>A value as a share of the usual, or a gap.</summary>
    private static readonly Gen<double?> AnyShare = Gen.Frequency(
        (6, Gen.Double[0.98, 1.02].Select(share => (double?)share)), (2, Gen.Double[0, 3].Select(share => (double?)share)), (1, Gen.Const((double?)0)), (2, Gen.Const((double?)null)));

    private static readonly Gen<double?[][]> AnyReadings = AnyShare.Array[Watched.Length].Array[JudgedBins];

    [Fact]
    public void Every_number_is_within_its_bounds() => AnyReadings.Sample(
        shares => Judge(shares).Found.All(found =>
            found.Score is >= 0 and <= 100 && found.Confidence is >= 0 and <= 1 && found.Coverage is >= 0 and <= 1 && double.IsFinite(found.Evidence) && found.Evidence >= 0
            && found.Signals.All(signal => signal.Loss is >= 0 and <= 1 && signal.Weight is >= 0 and <= 1 && signal.Evidence >= 0)),
        iter: 20);

    [Fact]
    public void A_deeper_drop_never_scores_better() => Gen.Select(Gen.Double[0, 1], Gen.Double[0, 1], Gen.Int[1, 12]).Sample(
        (one, other, bins) =>
        {
            var (shallow, deep) = (Math.Min(one, other), Math.Max(one, other));
            return Judge(Steady(1 - deep, bins)).Found[^1].Score <= Judge(Steady(1 - shallow, bins)).Found[^1].Score + 1e-6;
        },
        iter: 40);

    [Fact]
    public void Missing_is_not_zero_whatever_is_taken_away_no_event_opens() =>
        Gen.Bool.Array[Watched.Length].Array[JudgedBins].Sample(kept => Judge([.. kept.Select(bin => bin.Select(keep => keep ? 1.0 : (double?)null).ToArray())]).State.Events().Count == 0, iter: 20);

    [Fact]
    public void The_unit_of_a_large_count_does_not_matter() => Gen.Select(AnyReadings, Gen.OneOf(Gen.Const(2.0), Gen.Const(8.0), Gen.Const(64.0))).Sample(
        (shares, times) => Judge(shares, [Signals.IodaBgp], 4096).Found.Select(found => (found.Score, found.State, found.Evidence))
            .SequenceEqual(Judge(shares, [Signals.IodaBgp], 4096 * times).Found.Select(found => (found.Score, found.State, found.Evidence))),
        iter: 20);

    [Fact]
    public void Late_equals_in_time_a_refold_from_a_checkpoint_gives_the_same_bytes() => Gen.Select(AnyReadings, Gen.Int[1, JudgedBins - 1]).Sample(
        (shares, cut) =>
        {
            var straight = Judge(shares).State;
            var early = Judge(shares[..cut]).State;
            var checkpoint = Checkpoint.Write(early);
            // What came in time is folded without the late readings first; the refold must not remember that.
            Fold(early, [.. shares[cut..].Select(bin => new double?[bin.Length])], cut, Watched, 1000);
            var again = Checkpoint.Read(checkpoint, Watched, Method.Standard);
            Fold(again, shares[cut..], cut, Watched, 1000);
            return Checkpoint.Write(again).AsSpan().SequenceEqual(Checkpoint.Write(straight));
        },
        iter: 20);

    [Fact]
    public void A_checkpoint_survives_its_round_trip() => AnyReadings.Sample(
        shares =>
        {
            var bytes = Checkpoint.Write(Judge(shares).State);
            return Checkpoint.Write(Checkpoint.Read(bytes, Watched, Method.Standard)).AsSpan().SequenceEqual(bytes);
        },
        iter: 20);

    [Fact]
    public void The_same_in_gives_the_same_out() => AnyReadings.Sample(
        shares => Checkpoint.Write(Judge(shares).State).AsSpan().SequenceEqual(Checkpoint.Write(Judge(shares).State)), iter: 10);

    private static double?[][] Steady(double share, int bins) => [.. Enumerable.Range(0, bins).Select(_ => Watched.Select(_ => (double?)share).ToArray())];

    private static (CountryState State, List<Assessment> Found) Judge(double?[][] shares) => Judge(shares, Watched, 1000);

    private static (CountryState State, List<Assessment> Found) Judge(double?[][] shares, Signal[] signals, double level)
    {
        var state = Warm(signals, level).Copy();
        return (state, Fold(state, shares, 0, signals, level));
    }

    private static List<Assessment> Fold(CountryState state, double?[][] shares, int from, Signal[] signals, double level)
    {
        var found = new List<Assessment>(shares.Length);
        var verdicts = signals.Select(_ => GuardVerdict.None).ToArray();
        for (var i = 0; i < shares.Length; i++)
        {
            var bin = Given.Start + WarmBins + from + i;
            Detector.Fold(state, bin, [.. signals.Select((signal, at) => bin.Number % signal.Period == 0 && shares[i][at] is { } share ? Reading.Of(level * share) : default)], verdicts);
            found.Add(state.Assessment());
        }
        return found;
    }

    private static CountryState Warm(Signal[] signals, double level)
    {
        lock (Warmed)
        {
            if (Warmed.TryGetValue((signals.Length, level), out var known))
                return known;
            var given = Given.A("FR");
            foreach (var signal in signals)
                given.With(signal, bin => bin.Number % signal.Period != 0 ? default : Reading.Of(level * (1 + (Math.Round(Given.Wobble(bin, signal) * 8) / 1024))));
            return Warmed[(signals.Length, level)] = given.Through(Given.Start + (WarmBins - 1)).State;
        }
    }

    private static readonly Dictionary<(int, double), CountryState> Warmed = [];
}
