using System.Text.Json;

namespace Pharos.Pipeline;

/// <summary>Card, record and hypotheses of a report as data.</summary>
internal static class ContextJson
{
    public static void Write(Utf8JsonWriter json, ReportFacts facts)
    {
        WriteCard(json, EvidenceCard.Of(facts.Assessment, facts.Revision.Method));
        if (facts.Background.Record is { } record)
            WriteRecord(json, record, facts);
        json.WriteStartArray("hypotheses");
        foreach (var one in facts.Revision.Change == Change.Retracted ? [] : facts.Background.Hypotheses)
            Write(json, one);
        json.WriteEndArray();
    }

    /// <summary>The twelve numbers from which the score is recomputed, with the rules.</summary>
    public static void WriteCard(Utf8JsonWriter json, EvidenceCard card)
    {
        json.WriteStartObject("evidence_card");
        json.WriteString("bin", card.Bin.ToString());
        json.WriteNumber("routes_weight", card.Planes.RoutesWeight);
        json.WriteNumber("routes_loss", card.Planes.RoutesLoss);
        json.WriteNumber("paths_weight", card.Planes.PathsWeight);
        json.WriteNumber("paths_loss", card.Planes.PathsLoss);
        json.WriteNumber("users_weight", card.Planes.UsersWeight);
        json.WriteNumber("users_loss", card.Planes.UsersLoss);
        if (card is { Leading: { } leading, Value: { } value, Expected: { } expected, Allowance: { } allowance, Loss: { } loss })
        {
            json.WriteString("leading_signal", leading.Name);
            json.WriteNumber("value", value);
            json.WriteNumber("expected", expected);
            json.WriteNumber("allowance", allowance);
            json.WriteNumber("loss", loss);
        }
        json.WriteNumber("score", card.Score);
        json.WriteString("score_rule", EvidenceCard.ScoreRule);
        json.WriteString("loss_rule", EvidenceCard.LossRule);
        json.WriteString("readings_hash", card.Readings);
        json.WriteString("method", card.Method);
        json.WriteEndObject();
    }

    private static void WriteRecord(Utf8JsonWriter json, StabilityRecord record, ReportFacts facts)
    {
        json.WriteStartObject("record");
        Number(json, "availability_30_days", record.Availability30);
        Number(json, "availability_365_days", record.Availability365);
        json.WriteNumber("observed_365_days", Math.Round(record.Observed365, 6));
        json.WriteNumber("blips_30_days", record.Blips30);
        json.WriteNumber("blips_per_day", record.BlipsPerDay);
        Number(json, "median_blip_minutes", record.MedianBlip?.TotalMinutes);
        json.WriteNumber("dips_24_hours", record.Drops24);
        json.WriteNumber("surprise", record.Surprise);
        json.WriteBoolean("unusual", record.IsUnusual);
        Number(json, "number_this_year", record.NumberThisYear);
        Number(json, "days_since_last", record.DaysSinceLast);
        Past(json, "longest", record.Longest, facts);
        Past(json, "longest_since", record.LongestSince, facts);
        json.WriteStartArray("nearest");
        foreach (var past in record.Nearest)
            Past(json, null, past, facts);
        json.WriteEndArray();
        var fragility = Fragility.Of(facts.Place.Country, facts.Assessment.Bin);
        Number(json, "international_providers", fragility?.Providers);
        json.WriteString("fragility", fragility is null ? null : RecordWording.Word(fragility.Tier));
        json.WriteEndObject();
    }

    private static void Past(Utf8JsonWriter json, string? name, PastEvent? past, ReportFacts facts)
    {
        if (name is not null)
            json.WritePropertyName(name);
        if (past is null)
        {
            json.WriteNullValue();
            return;
        }
        json.WriteStartObject();
        json.WriteString("event", past.Event);
        json.WriteString("start", past.Found.Start.ToString());
        json.WriteNumber("hours", Math.Round(past.Length(facts.Assessment.Bin).TotalHours, 3));
        json.WriteNumber("depth", Math.Round(past.Found.Depth, 4));
        json.WriteString("class", States.Word(past.Found.Class));
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Hypothesis one)
    {
        json.WriteStartObject();
        json.WriteString("hypothesis", JsonNamingPolicy.SnakeCaseLower.ConvertName(one.Kind.ToString()));
        json.WriteString("verdict", JsonNamingPolicy.SnakeCaseLower.ConvertName(one.Verdict.ToString()));
        json.WriteString("says", Wording.RefuseCausalVerbs(Likeness.Sentence(one)));
        json.WriteString("signature", one.Signature);
        json.WriteNumber("points", one.Points);
        Number(json, "probability", one.Probability);
        Write(json, "for", one.For);
        Write(json, "against", one.Against);
        json.WriteStartArray("missing");
        foreach (var what in one.Missing)
            json.WriteStringValue(what);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyList<Indication> seen)
    {
        json.WriteStartArray(name);
        foreach (var one in seen)
        {
            json.WriteStartObject();
            json.WriteString("text", one.Text);
            if (one.Ratio is { } ratio)
                json.WriteNumber("ratio", ratio);
            else
                json.WriteNumber("points", one.Points);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Number(Utf8JsonWriter json, string name, double? number)
    {
        if (number is { } told)
            json.WriteNumber(name, Math.Round(told, 9));
        else
            json.WriteNull(name);
    }
}
