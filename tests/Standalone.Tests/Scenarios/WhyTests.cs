namespace Pharos.Standalone.Tests;

/// <summary>F16 and F6 on the stories: the explanation is the judgement, and the card gives the score.</summary>
public class WhyTests
{
    [Theory]
    [InlineData("north-korea-2014", "KP", "2014-12-19T21:00:00Z", "2014-12-24T06:00:00Z")]
    [InlineData("cuba-2024", "CU", "2024-10-18T12:00:00Z", "2024-10-20T12:00:00Z")]
    [InlineData("gabon-2019", "GA", "2019-01-07T06:00:00Z", "2019-01-08T16:00:00Z")]
    [InlineData("iran-2026", "IR", "2026-01-08T11:00:00Z", "2026-01-09T03:00:00Z")]
    [InlineData("north-korea-2014", "MZ", "2014-12-18T00:00:00Z", "2014-12-21T00:00:00Z")]
    public void F16_the_explanation_is_the_judgement(string scenario, string code, string from, string until)
    {
        var judged = Judged.Of(scenario, code);
        var state = judged.Before(Bin.Parse(from));
        var expected = judged.Between(from, until).ToList();
        foreach (var one in expected)
        {
            var (readings, verdicts) = (judged.Readings(one.Bin), judged.Verdicts(one.Bin));
            var why = Explanation.Of(state, one.Bin, readings, verdicts);
            Detector.Fold(state, one.Bin, readings, verdicts);
            Assert.Equal((one.State, one.Score, one.Confidence), (why.Assessment.State, why.Assessment.Score, why.Assessment.Confidence));
            Assert.StartsWith(States.Word(one.State) + ":", why.Gates.Single(gate => gate.Kind == GateKind.State).Says, StringComparison.Ordinal);
            if (one.Now != Now.Unknown && why.Gates.Single(gate => gate.Kind == GateKind.Dip).Passed)
                Assert.True(one.Now is Now.Impaired or Now.Down);
            foreach (var signal in why.Signals)
            {
                Assert.Equal(signal.Found.Weight, signal.Factors.Product, 1e-6);
                if (signal.LogRatio is { } ratio)
                    Assert.Equal(signal.Found.Evidence, Math.Clamp(signal.EvidenceBefore + (signal.Tempo * ratio), 0, signal.EvidenceCap), 1e-6);
                if (signal is { Drop: { } drop, NoiseAllowance: { } noise, SampleLoss: { } loss })
                    Assert.Equal(loss, Math.Clamp((drop - noise) / (1 - noise), 0, 1), 1e-6);
            }
            Assert.InRange(Calculator.Score(why.Card), one.Score - 0.1, one.Score + 0.1);
        }
    }

    [Fact]
    public void A_pocket_calculator_suffices()
    {
        foreach (var (scenario, code) in (IEnumerable<(string, string)>)[("north-korea-2014", "KP"), ("cuba-2024", "CU"), ("tonga-2022", "TO"), ("egypt-2011", "EG"), ("bangladesh-2014", "BD"), ("iran-2026", "IR")])
            foreach (var one in Judged.Of(scenario, code).Assessments)
            {
                var card = EvidenceCard.Of(one, "m");
                Assert.InRange(Calculator.Score(card), one.Score - 0.1, one.Score + 0.1);
            }
    }

    [Fact]
    public void F16_a_quiet_bin_says_which_gate_stopped_it()
    {
        var judged = Judged.Of("gabon-2019", "GA");
        var bin = Bin.Parse("2019-01-05T12:00:00Z");
        var why = Explanation.Of(judged.Before(bin), bin, judged.Readings(bin), judged.Verdicts(bin));
        Assert.Equal(GateKind.Loss, why.StoppedBy!.Kind);
        Assert.Equal(State.Stable, why.Assessment.State);
    }

    /// <summary>Knows the card's text and its rules, and nothing else of Pharos.</summary>
    private static class Calculator
    {
        public static double Score(EvidenceCard card)
        {
            var (routesWeight, routesLoss, pathsWeight, pathsLoss, usersWeight, usersLoss) = card.Planes;
            var seen = pathsWeight + usersWeight;
            var paths = seen > (routesWeight > 0.3 ? 0.2 : 0.05) ? ((pathsWeight * pathsLoss) + (usersWeight * usersLoss)) / seen : 0;
            var routes = routesWeight > 0.05 ? (1 - (0.5 * Math.Min(1, seen))) * routesLoss : 0;
            return 100 * (1 - Math.Max(paths, routes));
        }
    }
}
