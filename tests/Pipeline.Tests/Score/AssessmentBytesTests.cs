using System.Text;
using CsCheck;

namespace Pharos.Pipeline.Tests;

public class AssessmentBytesTests
{
    private static readonly Bin First = Bin.Parse("2026-03-01T12:00:00Z");

    private static readonly Gen<double> Share = Gen.Double[0, 1];

    private static readonly Gen<Reading> AnyReading = Gen.OneOf(
        Gen.Double[0, 1e17].Select(value => Reading.Of(value)),
        Gen.Select(Gen.Double[0, 40_000], Gen.Int[0, 70_000]).Select((value, coverage) => Reading.Of(value, coverage)),
        Gen.Int[0, 5].Select(gap => Reading.Missing((Gap)gap)));

    private static readonly Gen<SignalAssessment> AnySignal =
        Gen.Select(Gen.Int[0, Signals.All.Count - 1], AnyReading, Gen.Nullable(Gen.Double[0, 1e16]), Share, Share, Gen.Double[0, 40], Share)
            .Select((signal, reading, expected, spread, loss, evidence, weight) => new SignalAssessment(Signals.All[signal], reading, expected, spread, loss, evidence, weight));

    private static readonly Gen<Worsening> AnyTrend = Gen.OneOf(
        Gen.Const(Worsening.None),
        Gen.Select(Gen.Bool, Gen.Double[-9, 9], Gen.Double[-9, 9], Gen.Bool, Gen.Double[-90, 90])
            .Select((flagged, area, rate, rates, speed) => new Worsening(flagged, area, rates ? rate : null, rates ? -rate : null, speed)));

    private static readonly Gen<Assessment> AnyAssessment =
        Gen.Select(Gen.Enum<State>(), Gen.Enum<Now>(), Gen.Double[0, 100], Share.Array[9], AnyTrend, Gen.Int[0, 7], AnySignal.List[0, 9])
            .Select((state, now, score, shares, trend, flags, signals) => new Assessment(
                Given.KP, First, state, now, score, shares[0], shares[1], 40 * shares[2], trend, (Flags)flags, [.. signals.DistinctBy(signal => signal.Signal)])
            {
                Planes = new PlaneNumbers(shares[3], shares[4], shares[5], shares[6], shares[7], shares[8]),
            });

    [Fact]
    public void An_hour_kept_reads_as_the_same_lines() =>
        AnyAssessment.Array[1, 12].Sample(told =>
        {
            var hour = Inorder(told);
            var bytes = Pack(hour);
            return AssessmentBytes.Read(Given.KP, First.Hour, bytes, Signals.All).Select(Line).SequenceEqual(hour.Select(Line));
        }, iter: 300);

    [Fact]
    public void The_start_of_an_hour_goes_on_as_if_it_had_never_stopped() =>
        Gen.Select(AnyAssessment.Array[2, 12], Gen.Int[1, 11]).Sample((told, cut) =>
        {
            var hour = Inorder(told);
            var whole = Pack(hour);
            var lines = Math.Min(cut, hour.Length - 1);
            var packer = new AssessmentBytes(Signals.All);
            packer.Begin(packer.Start(whole, lines).Span);
            foreach (var assessment in hour.Skip(lines))
                packer.Add(assessment);
            return packer.Hour.AsSpan().SequenceEqual(whole) && packer.Start(whole, hour.Length + 1).IsEmpty;
        }, iter: 200);

    [Fact]
    public void A_signal_that_is_gone_is_left_out_and_its_hour_is_not_gone_on_with()
    {
        var hour = Inorder([AnyAssessment.Where(each => each.Signals.Count > 3).Single()]);
        var bytes = Pack(hour);
        var fewer = Signals.All.Where(signal => signal != hour[0].Signals[1].Signal).ToList();
        var read = Assert.Single(AssessmentBytes.Read(Given.KP, First.Hour, bytes, fewer));
        Assert.Equal(hour[0].Signals.Select(each => each.Signal).Where(fewer.Contains), read.Signals.Select(each => each.Signal));
        Assert.True(new AssessmentBytes(fewer).Start(bytes, 1).IsEmpty);
    }

    [Fact]
    public void A_damaged_hour_says_so()
    {
        var bytes = Pack(Inorder([AnyAssessment.Where(each => each.Signals.Count > 2).Single()]));
        for (var length = 0; length < bytes.Length; length++)
            if (length != HeadLength)
                Assert.Throws<InvalidDataException>(() => AssessmentBytes.Read(Given.KP, First.Hour, bytes.AsSpan(0, length), Signals.All));
    }

    private static int HeadLength => Pack([]).Length;

    private static Assessment[] Inorder(Assessment[] told) => [.. told.Select((each, i) => Ordered(each) with { Bin = First + i })];

    private static string Line(Assessment assessment) => Encoding.UTF8.GetString(AssessmentJson.Line(assessment));

    /// <summary>Signals stand in the order of judgement.</summary>
    private static Assessment Ordered(Assessment assessment) => assessment with { Signals = [.. Signals.All.SelectMany(signal => assessment.Signals.Where(one => one.Signal == signal))] };

    private static byte[] Pack(Assessment[] hour)
    {
        var packer = new AssessmentBytes(Signals.All);
        packer.Begin();
        foreach (var assessment in hour)
            packer.Add(assessment);
        return packer.Hour;
    }
}
