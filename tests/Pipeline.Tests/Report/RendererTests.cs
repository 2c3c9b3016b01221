using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Pharos.Outages.Tests;
using Scriban.Syntax;

namespace Pharos.Pipeline.Tests;

public class RendererTests
{
    private static readonly Subscription Reader = new("r-1", "reader@example.org", "Ada Reader", [], 0, 0, "Europe/Berlin");
    private static readonly Renderer House = new(new LetterWords(new Uri("https://pharos.example"), RepliesAreRead: true));

    public static TheoryData<string> Cases => ["unstable", "outage", "ended", "retracted"];

    internal static ReportFacts Of(string name) => name switch
    {
        "unstable" => Sample.FactsOf(Sample.Unstable),
        "outage" => Sample.FactsOf(Sample.Outage, Sample.Unstable, Sample.Worsening),
        "ended" => Sample.FactsOf(Sample.Ended, Sample.Unstable, Sample.Worsening, Sample.Outage),
        _ => Sample.FactsOf(Sample.Retracted, Sample.Unstable, Sample.Worsening, Sample.Outage),
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void S25_a_report_reads_as_agreed(string name)
    {
        var report = House.Report(Of(name));
        Snapshot.Matches($"report-{name}.txt", report.Text);
        if (Environment.GetEnvironmentVariable("PHAROS_REPORTS") is { Length: > 0 } folder)
            File.WriteAllText(Path.Combine(folder, $"report-{name}.html"), report.Html);
    }

    [Theory]
    [InlineData("unstable", LetterReason.FirstNews)]
    [InlineData("outage", LetterReason.Worsened)]
    [InlineData("ended", LetterReason.Ended)]
    [InlineData("retracted", LetterReason.Retracted)]
    public void S14_a_letter_reads_as_agreed(string name, LetterReason reason)
    {
        var facts = Of(name);
        var letter = House.Letter(facts, Reader, reason, facts.Earlier.Count > 0 ? facts.Earlier[^1] : null);
        Snapshot.Matches($"letter-{name}.txt", $"Subject: {letter.Subject}\n\n{letter.Text}");
        Assert.InRange(letter.Subject.Length, 10, 78);
        Assert.InRange(Encoding.UTF8.GetByteCount(letter.Html), 1_000, 90_000);
        Assert.DoesNotContain("<svg", letter.Html);
        if (Environment.GetEnvironmentVariable("PHAROS_REPORTS") is { Length: > 0 } folder)
            File.WriteAllText(Path.Combine(folder, $"letter-{name}.html"), letter.Html);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void S26_the_same_facts_give_the_same_bytes_in_every_culture(string name)
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            var one = House.Report(Of(name));
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
            var other = new Renderer(new LetterWords(new Uri("https://pharos.example"), RepliesAreRead: true)).Report(Of(name));
            Assert.Equal(one.Html, other.Html);
            Assert.Equal(one.Text, other.Text);
            Assert.Equal(one.Json, other.Json);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void A_report_page_is_whole_small_and_needs_nothing_from_elsewhere()
    {
        var html = House.Report(Of("outage")).Html;
        Assert.StartsWith("<!doctype html>\n<html lang=\"en\">", html);
        Assert.EndsWith("</html>\n", html);
        Assert.InRange(Encoding.UTF8.GetByteCount(html), 10_000, 200_000);
        Assert.DoesNotContain("<script", html);
        Assert.DoesNotMatch("(src|href)=\"(?!#)", html);
        foreach (Match svg in Regex.Matches(html, "<svg.*?</svg>", RegexOptions.Singleline))
            Assert.Equal("svg", XElement.Parse(svg.Value).Name.LocalName);
        Assert.Equal(Regex.Count(html, "<th[ >]"), Regex.Count(html, "<th scope="));
    }

    [Fact]
    public void S3_each_published_number_has_a_footnote_with_its_bin_and_its_witnesses()
    {
        var html = House.Report(Of("outage")).Html;
        foreach (var number in Enumerable.Range(1, Context.Claims(Of("outage")).Count))
        {
            Assert.Contains($"<a href=\"#source-{number}\"", html);
            Assert.Matches($"<li id=\"source-{number}\">.*<time datetime=\"2014-12-22T[0-9:]+Z\">.*ripestat.prefixes-v4 \\(171 vantage points\\)", html);
        }
    }

    [Fact]
    public void Text_of_others_stays_text()
    {
        var facts = Of("outage");
        var place = facts.Place with { Name = "<script>alert(1)</script>{{ country }}\r\nBcc: x\u202Eevil\u0000" };
        var statement = new Statement("Minister <b>", Sample.Gone.Start, "\"><img src=x>", Stance.NamesACause, "It was caused by an attack {{ 1/0 }}");
        var hostile = new ReportFacts(facts.Revision, facts.Earlier, facts.Background with { Place = place, Statements = [statement] });
        var report = House.Report(hostile);
        var letter = House.Letter(hostile, Reader, LetterReason.FirstNews, null);
        foreach (var html in (string[])[report.Html, letter.Html])
        {
            Assert.DoesNotContain("<script", html);
            Assert.DoesNotContain("<img", html);
            Assert.Contains("&lt;script&gt;", html);
            Assert.Contains("{{ country }}", html);
        }
        foreach (var text in (string[])[report.Html, report.Text, letter.Html, letter.Text, letter.Subject])
        {
            Assert.DoesNotContain('\u202E', text);
            Assert.DoesNotContain('\0', text);
            Assert.DoesNotContain("\r", text);
        }
        Assert.Contains("{{ 1/0 }}", report.Text);
    }

    [Fact]
    public void S11_a_quotation_may_name_a_cause_and_we_may_not()
    {
        var facts = Of("outage");
        var said = new Statement("A minister", Sample.Gone.Start, "a newspaper", Stance.NamesACause, "It was caused by an attack.");
        Assert.Contains("caused by an attack", House.Report(new ReportFacts(facts.Revision, [], facts.Background with { Statements = [said] })).Html);
        var ours = facts.Revision with { Reason = "It was caused by an attack." };
        Assert.Throws<UnreachableException>(() => House.Report(new ReportFacts(ours, [], facts.Background)));
    }

    [Fact]
    public void S11_silence_is_shown_as_silence()
    {
        var facts = Of("outage");
        var silent = new Statement("The ministry", Sample.Gone.Start, "a newspaper", Stance.DeclinesToComment, "");
        Assert.Contains("The ministry, Mon 22 Dec 2014 16:15 UTC, in a newspaper: declined to comment.", House.Report(new ReportFacts(facts.Revision, [], facts.Background with { Statements = [silent] })).Text);
    }

    [Theory]
    [InlineData("{{ nothing_like_this }}")]
    [InlineData("{{ revisions[0].nothing_like_this }}")]
    public void S9_a_missing_name_throws(string template) =>
        Assert.Throws<ScriptRuntimeException>(() => With(template).Report(Of("outage")));

    [Theory]
    [InlineData("{{ for i in 1..45000 }}a long line of text{{ end }}")]
    [InlineData("{{ for i in 1..400 }}{{ for j in 1..400 }}x{{ end }}{{ end }}")]
    public void S9_output_that_is_too_long_throws_and_is_never_cut(string template) =>
        Assert.ThrowsAny<Exception>(() => With(template).Report(Of("outage")));

    [Fact]
    public void S9_a_report_of_250_signals_renders_whole()
    {
        var facts = Of("outage");
        var many = Enumerable.Range(0, 250).Select(index => facts.Assessment.Signals[0] with { Signal = Signals.IodaBgp with { Name = $"ioda.bgp-{index}" } }).ToList();
        var html = House.Report(new ReportFacts(facts.Revision, facts.Earlier, facts.Background with { Assessment = facts.Assessment with { Signals = many } })).Html;
        Assert.Contains("ioda.bgp-249", html);
        Assert.EndsWith("</html>\n", html);
    }

    [Fact]
    public void A_template_with_an_error_does_not_load() =>
        Assert.Throws<UnreachableException>(() => With("{{ if }}"));

    [Fact]
    public void The_json_form_is_valid_and_publishes_no_raw_series()
    {
        using var json = JsonDocument.Parse(House.Report(Of("outage")).Json);
        Assert.Equal("KP", json.RootElement.GetProperty("country").GetString());
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("end").ValueKind);
        Assert.Equal("unattributed", json.RootElement.GetProperty("cause").GetString());
        Assert.Equal("left_global_internet", json.RootElement.GetProperty("flags")[0].GetString());
        var history = json.RootElement.GetProperty("history")[0].GetProperty("percent_of_expected");
        Assert.Equal(0, history.GetProperty("2014-12-22T19:20:00Z").GetDouble());
        Assert.Equal(100, history.GetProperty("2014-12-20T10:00:00Z").GetDouble());
    }

    [Fact]
    public void A_gap_in_the_chart_is_hatched_and_not_zero()
    {
        var svg = Chart.Draw(Of("outage"), Chart.Wide);
        Assert.Contains("class=\"h\"", svg);
        Assert.Contains("ripe-atlas.connected: no data (no vantage point)", svg);
        Assert.Contains("0 % of expected, gone", svg);
        var history = new SignalHistory(Signals.IodaBgp, [new(new Bin(0), 4, 4, 0), new(new Bin(100), 4, 4, 0)]);
        var scale = new ChartScale(new Bin(0), new Bin(200), 0, 200, 100, 2);
        Assert.Equal("M0 20h.1M100 20h.1", scale.Line(history));
        Assert.Equal([(new Bin(1), new Bin(100)), (new Bin(101), new Bin(200))], scale.Gaps(history));
    }

    [Fact]
    public void The_lowest_value_of_a_step_is_drawn()
    {
        var history = new SignalHistory(Signals.IodaBgp, [new(new Bin(0), 4, 4, 0), new(new Bin(1), 0, 4, 0), new(new Bin(2), 4, 4, 0), new(new Bin(3), 4, 4, 0)]);
        Assert.Equal("M0 100h.1L2 20", new ChartScale(new Bin(0), new Bin(100), 0, 100, 100, 2).Line(history));
    }

    private static Renderer With(string template) => new(new LetterWords(), new Templates(name => name == "report.html.sbn" ? template : Templates.Embedded(name)));
}
