using CsCheck;

namespace Pharos.Outages.Tests;

public class MatchingTests
{
    private static readonly Subscription Everybody = new("s1", "a@example.org", null, [], 0, 0, "UTC");
    private static readonly DateTimeOffset Soon = Sample.Unstable.Clocks.Raised.AddMinutes(1);

    [Fact]
    public void The_first_instability_is_news() =>
        Assert.Equal((true, LetterReason.FirstNews), Matching.Decide(Everybody, Sample.Unstable, [], [], Soon));

    [Fact]
    public void Other_countries_are_not_for_me() =>
        Assert.Equal((false, LetterReason.OtherCountry), Matching.Decide(Everybody with { Countries = [Country.Parse("IR")] }, Sample.Unstable, [], [], Soon));

    [Fact]
    public void S4_a_blip_costs_no_letter()
    {
        var blip = Sample.Unstable with { Found = Sample.Unstable.Found with { State = State.Blip, Class = EventClass.Blip } };
        Assert.Equal((false, LetterReason.Blip), Matching.Decide(Everybody, blip, [], [], Soon));
        Assert.Equal((false, LetterReason.NeverTold), Matching.Decide(Everybody, blip with { Number = 2, Change = Change.Ended }, [blip], [], Soon));
    }

    [Fact]
    public void S13_instability_that_goes_on_is_told_once()
    {
        var more = Sample.Unstable with { Number = 2, Change = Change.Worsened };
        Assert.Equal((false, LetterReason.NotMaterial), Matching.Decide(Everybody, more, [Sample.Unstable], Told(1), Soon));
    }

    [Fact]
    public void S13_a_revision_without_material_change_is_not_told()
    {
        var same = Sample.Outage with { Number = 4, Change = Change.Revised };
        Assert.Equal((false, LetterReason.NotMaterial), Matching.Decide(Everybody, same, [Sample.Outage], Told(3), Soon));
    }

    [Fact]
    public void S5_worsening_and_outage_are_told() =>
        Assert.Equal((true, LetterReason.Worsened), Matching.Decide(Everybody, Sample.Outage, [Sample.Unstable, Sample.Worsening], Told(1, 2), Soon));

    [Fact]
    public void S14_the_end_goes_to_those_who_heard_the_beginning()
    {
        Assert.Equal((true, LetterReason.Ended), Matching.Decide(Everybody, Sample.Ended, [Sample.Outage], Told(3), Soon));
        Assert.Equal((false, LetterReason.NeverTold), Matching.Decide(Everybody, Sample.Ended, [Sample.Outage], [], Soon));
    }

    [Fact]
    public void S15_a_relapse_after_a_told_end_is_told()
    {
        var relapse = Sample.Outage with { Number = 5, Change = Change.Reopened };
        Assert.Equal((true, LetterReason.Reopened), Matching.Decide(Everybody, relapse, [Sample.Outage, Sample.Ended], [.. Told(3), new(4, LetterReason.Ended, Soon)], Soon));
    }

    [Fact]
    public void F11_a_retraction_goes_to_those_who_were_told_even_after_the_end()
    {
        Assert.Equal((true, LetterReason.Retracted), Matching.Decide(Everybody, Sample.Retracted, [], Told(3), Soon));
        Assert.Equal((false, LetterReason.NeverTold), Matching.Decide(Everybody, Sample.Retracted, [], [], Soon));
        Assert.Equal((true, LetterReason.Retracted), Matching.Decide(Everybody, Sample.Retracted with { Number = 5 }, [], [new(4, LetterReason.Ended, Soon)], Soon));
    }

    [Fact]
    public void An_event_that_grows_over_the_threshold_is_first_news_then()
    {
        var choosy = new Subscription("s2", "b@example.org", null, [], Sample.Outage.Severity.Value, 0, "UTC");
        Assert.Equal((false, LetterReason.BelowThreshold), Matching.Decide(choosy, Sample.Unstable, [], [], Soon));
        Assert.Equal((true, LetterReason.FirstNews), Matching.Decide(choosy, Sample.Outage, [Sample.Unstable], [], Soon));
        var sure = new Subscription("s3", "b@example.org", null, [], 0, .95, "UTC");
        Assert.Equal((false, LetterReason.BelowThreshold), Matching.Decide(sure, Sample.Unstable, [], [], Soon));
    }

    [Fact]
    public void Back_filled_events_are_too_old_to_be_news()
    {
        var filled = Sample.Unstable.Clocks with { Raised = Sample.Unstable.Clocks.Detected.AddDays(2) };
        Assert.Equal((false, LetterReason.TooOld), Matching.Decide(Everybody, Sample.Unstable with { Clocks = filled }, [], [], filled.Raised));
        Assert.Equal((false, LetterReason.TooOld), Matching.Decide(Everybody, Sample.Outage with { Clocks = filled }, [Sample.Unstable], [], filled.Raised));
        Assert.Equal((false, LetterReason.TooOld), Matching.Decide(Everybody, Sample.Unstable, [], [], Soon.AddDays(2)));
    }

    [Fact]
    public void An_event_told_in_time_that_grows_days_later_is_still_news() =>
        Assert.Equal((true, LetterReason.FirstNews), Matching.Decide(Everybody, Sample.Outage, [Sample.Unstable], [], Soon.AddDays(3)));

    [Fact]
    public void R10_flapping_is_capped_and_its_end_is_still_told()
    {
        var told = Told(1, 2, 3, 4, 5);
        Assert.Equal((false, LetterReason.TooMany), Matching.Decide(Everybody, Sample.Outage with { Number = 6 }, [Sample.Outage], told, Soon));
        Assert.Equal((true, LetterReason.Ended), Matching.Decide(Everybody, Sample.Ended with { Number = 7 }, [Sample.Outage], told, Soon));
        Assert.Equal((true, LetterReason.Worsened), Matching.Decide(Everybody, Sample.Outage with { Number = 6 }, [Sample.Outage], told, Soon.AddDays(1)));
    }

    /// <summary>Whatever happens to an event: nobody hears a revision twice, ends and retractions only follow news, and news is followed by its end.</summary>
    [Fact]
    public void S24_nobody_is_told_twice_and_nobody_who_was_told_misses_the_end()
    {
        var history = Gen.Select(Gen.Enum<Change>(), Gen.Enum<State>()).Array[1, 12];
        Gen.Select(history, Gen.Double[0, 10], Gen.Double[0, 1]).Sample((changes, severity, confidence) =>
        {
            var subscriber = new Subscription("s", "a@example.org", null, [], severity, confidence, "UTC");
            List<Revision> previous = [];
            List<ToldLetter> told = [];
            foreach (var (change, state) in changes)
            {
                var revision = Sample.Outage with { Number = previous.Count + 1, Change = change, Found = Sample.Outage.Found with { State = state } };
                var before = told.Count;
                for (var run = 0; run < 2; run++)
                {
                    var (send, reason) = Matching.Decide(subscriber, revision, previous, told, Soon);
                    if (send)
                        told.Add(new ToldLetter(revision.Number, reason, Soon));
                    if (run == 1)
                        Assert.False(send);
                }
                var open = before > 0 && told[before - 1].Reason is not (LetterReason.Ended or LetterReason.Retracted);
                if (open && change is Change.Ended or Change.Retracted && before > 0 && open)
                    Assert.Equal(before + 1, told.Count);
                if (before == 0 && told.Count > 0)
                    Assert.Equal(LetterReason.FirstNews, told[0].Reason);
                previous.Add(revision);
            }
            Assert.Equal(told.Count, told.Select(letter => letter.Revision).Distinct().Count());
        });
    }

    private static List<ToldLetter> Told(params int[] revisions) =>
        [.. revisions.Select((number, index) => new ToldLetter(number, index == 0 ? LetterReason.FirstNews : LetterReason.Worsened, Soon))];
}
