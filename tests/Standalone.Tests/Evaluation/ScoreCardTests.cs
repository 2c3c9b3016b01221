using Pharos.Pipeline.Tests;

namespace Pharos.Standalone.Tests;

public class ScoreCardTests
{
    /// <summary>
    /// A world that was not used while tuning. What changes here changes what Pharos tells people: look at the difference before you commit it, and bring
    /// METHOD.md's score card up to date.
    /// </summary>
    [Fact]
    public void The_score_card_of_an_unseen_world_of_60_countries_and_120_days_is_as_it_was_decided()
    {
        var evaluation = new EvaluationRun(Method.Standard).Of(new WorldPlan(71, Countries: 60, Days: 120));
        var ours = evaluation.Cards[0];
        Assert.InRange(ours.FalsePerCountryYear, 0, 0.1);
        Assert.InRange(ours.Recall, 0.97, 1);
        Assert.InRange(ours.F1, 0.98, 1);
        Snapshot.Matches("score-card.md", ScoreCardText.AsMarkdown(evaluation));
    }
}
