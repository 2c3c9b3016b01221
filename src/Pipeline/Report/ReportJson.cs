using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Pharos.Pipeline;

/// <summary>The facts of a report as data for programs. Series are percent of expected: a source's raw series is not republished.</summary>
internal static class ReportJson
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.Create(System.Text.Unicode.UnicodeRanges.All) };

    public static byte[] Write(ReportFacts facts)
    {
        var (found, assessment) = (facts.Found, facts.Assessment);
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, Options))
        {
            json.WriteStartObject();
            json.WriteString("format", "pharos.report/1");
            json.WriteString("event", facts.Revision.Event);
            json.WriteNumber("revision", facts.Revision.Number);
            json.WriteString("change", States.Word(facts.Revision.Change));
            json.WriteString("country", facts.Place.Country.Code);
            json.WriteString("country_name", facts.Place.Name);
            json.WriteString("headline", Wording.RefuseCausalVerbs(Wording.Headline(facts)));
            json.WriteString("summary", Wording.RefuseCausalVerbs(Wording.Summary(facts)));
            json.WriteString("state", States.Word(found.State));
            json.WriteString("now", States.Word(assessment.Now));
            json.WriteString("class", States.Word(found.Class));
            json.WriteString("cause", ReportFacts.Cause);
            json.WriteString("start", Moments.Iso(found.Start.Start));
            Time(json, "end", found.End?.Start);
            json.WriteString("as_of", Moments.Iso(facts.AsOf));
            json.WriteString("bin", assessment.Bin.ToString());
            json.WriteNumber("score", Round(assessment.Score));
            json.WriteNumber("depth", Round(found.Depth));
            json.WriteNumber("area_hours", Round(found.AreaHours));
            json.WriteNumber("confidence", Round(found.Confidence));
            json.WriteNumber("coverage", Round(assessment.Coverage));
            json.WriteNumber("severity", Round(facts.Revision.Severity.Value));
            json.WriteNumber("severity_national", Round(facts.Revision.Severity.National));
            json.WriteNumber("person_hours", Round(facts.Revision.Severity.PersonHours));
            Time(json, "worsening_since", found.WorseningSince?.Start);
            json.WriteStartArray("flags");
            foreach (var flag in Enum.GetValues<Flags>().Where(flag => flag != Flags.None && assessment.Flags.HasFlag(flag)))
                json.WriteStringValue(JsonNamingPolicy.SnakeCaseLower.ConvertName(flag.ToString()));
            json.WriteEndArray();
            json.WriteString("method", facts.Revision.Method);
            Clocks(json, facts.Revision.Clocks);
            Dips(json, found.Dips);
            Signals(json, facts);
            History(json, facts);
            Rest(json, facts);
            json.WriteEndObject();
        }
        return bytes.WrittenSpan.ToArray();
    }

    private static void Clocks(Utf8JsonWriter json, Clocks clocks)
    {
        json.WriteStartObject("clocks");
        Time(json, "first_evidence", clocks.FirstEvidence);
        Time(json, "detected", clocks.Detected);
        Time(json, "raised", clocks.Raised);
        Time(json, "lowered", clocks.Lowered);
        Time(json, "closed", clocks.Closed);
        json.WriteEndObject();
    }

    private static void Dips(Utf8JsonWriter json, IReadOnlyList<Dip> dips)
    {
        json.WriteStartArray("dips");
        foreach (var dip in dips)
        {
            json.WriteStartObject();
            json.WriteString("start", dip.Start.ToString());
            Time(json, "end", dip.End?.Start);
            json.WriteNumber("peak", Round(dip.Peak));
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Signals(Utf8JsonWriter json, ReportFacts facts)
    {
        json.WriteStartArray("signals");
        foreach (var signal in facts.Signals)
        {
            json.WriteStartObject();
            json.WriteString("signal", signal.Signal.Name);
            json.WriteString("source", signal.Signal.Source);
            json.WriteString("unit", signal.Signal.Unit);
            json.WriteString("bin", signal.Bin.ToString());
            Number(json, "vantage_points", signal.Witness.VantagePoints);
            Number(json, "value", signal.Value);
            if (signal.Value is null)
                json.WriteString("gap", States.Word(signal.Found.Reading.Gap));
            Number(json, "expected", signal.Found.Expected);
            Number(json, "percent_of_expected", signal.Percent);
            json.WriteNumber("spread", Round(signal.Found.Spread));
            json.WriteNumber("loss", Round(signal.Found.Loss));
            json.WriteNumber("evidence", Round(signal.Found.Evidence));
            json.WriteNumber("weight", Round(signal.Found.Weight));
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    /// <summary>One number per published value: percent of expected; bins without a value are left out, never zero.</summary>
    private static void History(Utf8JsonWriter json, ReportFacts facts)
    {
        json.WriteStartArray("history");
        foreach (var history in facts.Background.History)
        {
            json.WriteStartObject();
            json.WriteString("signal", history.Signal.Name);
            json.WriteStartObject("percent_of_expected");
            foreach (var point in history.Points)
            {
                if (point.Percent is { } percent)
                    json.WriteNumber(point.Bin.ToString(), Math.Round(percent, 1));
            }
            json.WriteEndObject();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Rest(Utf8JsonWriter json, ReportFacts facts)
    {
        json.WriteStartArray("claims");
        foreach (var claim in Context.Claims(facts))
        {
            json.WriteStartObject();
            json.WriteString("name", claim.Name);
            json.WriteString("text", claim.Text);
            json.WriteString("bin", claim.Bin.ToString());
            json.WriteStartArray("signals");
            foreach (var witness in claim.Witnesses)
                json.WriteStringValue(witness.Signal);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("revisions");
        foreach (var revision in facts.Earlier.Append(facts.Revision))
        {
            json.WriteStartObject();
            json.WriteNumber("revision", revision.Number);
            json.WriteString("change", States.Word(revision.Change));
            json.WriteString("state", States.Word(revision.Found.State));
            json.WriteString("reason", revision.Reason);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        var stability = facts.Background.Stability;
        json.WriteStartObject("stability");
        Number(json, "availability_30_days", stability.Availability30);
        Number(json, "availability_365_days", stability.Availability365);
        json.WriteNumber("dips_30_days", stability.Dips30);
        json.WriteNumber("days_of_record", stability.DaysOfRecord);
        json.WriteEndObject();
        ContextJson.Write(json, facts);
        json.WriteStartArray("statements");
        foreach (var statement in facts.Background.Statements)
        {
            json.WriteStartObject();
            json.WriteString("who", statement.Who);
            Time(json, "when", statement.When);
            json.WriteString("where", statement.Where);
            json.WriteString("stance", JsonNamingPolicy.SnakeCaseLower.ConvertName(statement.Stance.ToString()));
            json.WriteString("words", statement.Words);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("credits");
        foreach (var credit in Credits.For(facts.Signals.Select(signal => signal.Signal)))
        {
            json.WriteStartObject();
            json.WriteString("source", credit.Source);
            json.WriteString("credit", credit.Line);
            json.WriteString("terms", credit.Terms);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Time(Utf8JsonWriter json, string name, DateTimeOffset? moment)
    {
        if (moment is { } told)
            json.WriteString(name, Moments.Iso(told));
        else
            json.WriteNull(name);
    }

    private static void Number(Utf8JsonWriter json, string name, double? number)
    {
        if (number is { } told)
            json.WriteNumber(name, Round(told));
        else
            json.WriteNull(name);
    }

    /// <summary>Nine digits behind the point: the last bits differ between machines.</summary>
    private static double Round(double number) => Math.Round(number, 9);
}
