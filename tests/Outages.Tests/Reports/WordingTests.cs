using System.Diagnostics;
using System.Globalization;

namespace Pharos.Outages.Tests;

public class WordingTests
{
    private static readonly ReportFacts Gone = Sample.FactsOf(Sample.Outage, Sample.Unstable, Sample.Worsening);

    public static TheoryData<int> Revisions => [0, 1, 2, 3, 4];

    private static ReportFacts Of(int index) => index switch
    {
        0 => Sample.FactsOf(Sample.Unstable),
        1 => Sample.FactsOf(Sample.Worsening, Sample.Unstable),
        2 => Gone,
        3 => Sample.FactsOf(Sample.Ended, Sample.Unstable, Sample.Worsening, Sample.Outage),
        _ => Sample.FactsOf(Sample.Retracted, Sample.Outage),
    };

    [Fact]
    public void S1_the_share_lost_is_named_when_a_country_leaves_the_global_internet()
    {
        Assert.Equal("North Korea has dropped off the Internet", Wording.Headline(Gone));
        Assert.Contains("100 % of its usual routes are gone.", Wording.Summary(Gone));
        Assert.Contains("100 % of its usual routes are gone.", Wording.Paragraph(Gone));
    }

    [Fact]
    public void S2_an_end_that_was_not_observed_stays_open()
    {
        Assert.Equal("ongoing, 3 h 10 min", Wording.Ongoing(Gone));
        Assert.Contains("ongoing, 3 h 10 min", Wording.Summary(Gone));
        Assert.Contains("No end has been observed", string.Join(' ', Context.NotKnown(Gone)));
    }

    [Fact]
    public void S2_an_event_first_seen_in_the_last_bin_does_not_last_zero_minutes()
    {
        var found = Sample.Unstable.Found with { Start = Sample.BinOf(Sample.Unstable), Dips = [new Dip(Sample.BinOf(Sample.Unstable), null, .3)] };
        Assert.Equal("ongoing, 5 min", Wording.Ongoing(Sample.FactsOf(Sample.Unstable with { Found = found })));
    }

    [Fact]
    public void S3_a_claim_without_a_source_cannot_be_built()
    {
        Assert.Throws<ArgumentException>(() => new Claim("Loss", "62 %", default, []));
        Assert.Throws<ArgumentException>(() => new Witness("", 3));
        Assert.Throws<ArgumentException>(() => new Witness("bgp", 3));
        Assert.All(Context.Claims(Gone), claim => Assert.NotEmpty(claim.Witnesses));
    }

    [Fact]
    public void S3_a_report_without_any_signal_fails_to_state_its_numbers()
    {
        var background = Sample.Background(State.Outage, Sample.BinOf(Sample.Outage));
        var blind = new ReportFacts(Sample.Outage, [], background with { Assessment = background.Assessment with { Signals = [] } });
        Assert.Throws<ArgumentException>(() => Context.Claims(blind));
    }

    [Fact]
    public void S3_the_largest_loss_names_the_dip_it_was_seen_in_and_not_the_last_bin() =>
        Assert.Equal(Sample.Gone, Context.Claims(Of(3)).Single(claim => claim.Name == "Largest loss").Bin);

    [Fact]
    public void S7_too_short_a_history_is_said()
    {
        var young = new ReportFacts(Sample.Outage, [], Gone.Background with { Stability = new Stability(null, null, 3, 12) });
        Assert.Equal("Pharos has 12 days of record of North Korea: too short a history to say what is usual there.", Assert.Single(Context.Normally(young)));
        Assert.Contains("99.97 %", Context.Normally(Gone)[0]);
        Assert.Contains("9 dips in the last 30 days, 3 of them apart from this event", Context.Normally(Gone)[1]);
    }

    [Theory]
    [MemberData(nameof(Revisions))]
    public void S11_no_sentence_of_ours_asserts_a_cause(int index)
    {
        var facts = Of(index);
        foreach (var text in (string[])[Wording.Headline(facts), Wording.Summary(facts), Wording.Paragraph(facts), .. Context.NotKnown(facts), .. Context.Normally(facts)])
            Assert.Equal(text, Wording.RefuseCausalVerbs(text));
    }

    [Theory]
    [InlineData("The outage was caused by a cable.")]
    [InlineData("It went down because of the storm.")]
    [InlineData("Due\n to maintenance")]
    [InlineData("The country was ATTACKED.")]
    [InlineData("The network was shut down by the ministry.")]
    [InlineData("Nobody claimed responsibility; who is responsible is open.")]
    [InlineData("a shutdown ordered in the capital")]
    public void S11_causal_words_are_refused(string text) => Assert.Throws<UnreachableException>(() => Wording.RefuseCausalVerbs(text));

    [Theory]
    [InlineData("What caused it the data do not say.")]
    [InlineData("North Korea has been cut off from the rest of the Internet.")]
    [InlineData("The Internet of Niger is down.")]
    public void S11_plain_words_pass(string text) => Assert.Null(CausalVerbs.FirstIn(text));

    [Fact]
    public void S13_a_revision_says_what_changed()
    {
        var changes = WhatChanged.Since(Sample.Unstable, Sample.Outage, Sample.NorthKorea);
        Assert.Contains("State: unstable → outage.", changes);
        Assert.Contains("Largest loss: 50 % → 100 %.", changes);
        Assert.Contains("Confidence: medium → high.", changes);
        Assert.Single(WhatChanged.Since(null, Sample.Unstable, Sample.NorthKorea));
        Assert.Equal(Sample.Outage.Reason, Assert.Single(WhatChanged.Since(Sample.Outage, Sample.Outage with { Number = 4, Change = Change.Revised }, Sample.NorthKorea)));
    }

    [Fact]
    public void S14_recovery_names_start_end_length_and_lowest_point()
    {
        var over = Of(3);
        Assert.Equal("North Korea is back on the Internet after 6 dips in 35 h 40 min", Wording.Headline(over));
        Assert.Contains("to Tue 23 Dec 2014 01:45 UTC (Tue 23 Dec 10:45 in Pyongyang)", Wording.Summary(over));
        Assert.Contains("Lowest point: 100 % lost", Wording.Summary(over));
        Assert.DoesNotContain("ongoing", Wording.Paragraph(over));
    }

    [Fact]
    public void S15_time_in_dips_leaves_the_gaps_out() =>
        Assert.Equal(TimeSpan.FromMinutes(5 * (3 + 4 + 5 + 7 + 9)) + new TimeSpan(9, 30, 0), Of(3).TimeInDips);

    [Fact]
    public void S15_a_relapse_says_again()
    {
        var relapse = Sample.Outage with { Number = 5, Change = Change.Reopened };
        Assert.EndsWith("again", Wording.Headline(Sample.FactsOf(relapse)));
        Assert.Contains("relapse", WhatChanged.Since(Sample.Ended, relapse, Sample.NorthKorea)[0]);
    }

    [Theory]
    [InlineData("2014-12-22T16:15:00Z", "Mon 22 Dec 2014 16:15 UTC (Tue 23 Dec 01:15 in Pyongyang)")]
    [InlineData("2016-12-22T16:15:00Z", "Thu 22 Dec 2016 16:15 UTC (Fri 23 Dec 00:45 in Pyongyang)")]
    public void S19_utc_comes_first_then_local_time_with_its_date(string utc, string expected) =>
        Assert.Equal(expected, Moments.Both(Bin.Parse(utc).Start, Sample.NorthKorea));

    [Theory]
    [MemberData(nameof(Revisions))]
    public void S25_a_summary_fits_280_characters_and_the_first_sentence_has_no_jargon(int index)
    {
        var facts = Of(index);
        Assert.InRange(Wording.Summary(facts).Length, 20, 280);
        var first = Wording.Paragraph(facts).Split(". ")[0];
        foreach (var jargon in (string[])["BGP", "prefix", "route", "ASN", "AS1", "signal", "probe", "baseline", "bin", "coverage", "dip", "/24"])
            Assert.DoesNotContain(jargon, first, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void S25_a_very_long_name_does_not_break_the_summary()
    {
        var facts = new ReportFacts(Sample.Outage, [], Gone.Background with { Place = Sample.NorthKorea with { Name = new string('x', 400) } });
        Assert.InRange(Wording.Summary(facts).Length, 1, 280);
    }

    [Fact]
    public void A_retraction_takes_it_back() => Assert.StartsWith("Retracted:", Wording.Summary(Of(4)));

    [Theory]
    [InlineData(.7999, "low")]
    [InlineData(.8, "medium")]
    [InlineData(.9499, "medium")]
    [InlineData(.95, "high")]
    public void F7_confidence_has_words(double confidence, string word) => Assert.Equal(word, Amounts.Confidence(confidence));

    [Fact]
    public void Numbers_read_the_same_in_every_culture()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
            Assert.Equal("99.97 %", Amounts.Availability(.99974));
            Assert.Equal("1,024", Amounts.Number(1024));
            Assert.Equal("0.985", Amounts.Number(.985));
            Assert.Equal("Mon 22 Dec 2014 16:15 UTC", Moments.Utc(Sample.Gone.Start));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Nearly_nothing_is_not_nothing_and_nearly_all_is_not_all()
    {
        Assert.Equal("less than 1 %", Amounts.Share(.004));
        Assert.Equal("more than 99 %", Amounts.Share(.996));
        Assert.Equal("99.99 %", Amounts.Availability(.99999));
        Assert.Equal("38 days 2 h", Amounts.Length(new TimeSpan(38, 2, 10, 0)));
    }
}
