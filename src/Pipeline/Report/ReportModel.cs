using System.Globalization;
using Scriban.Runtime;

namespace Pharos.Pipeline;

/// <summary>The facts of a report as the plain values that templates see. Templates decide where a value stands, never what it says.</summary>
internal static class ReportModel
{
    public static ScriptObject Of(ReportFacts facts) => Object(
        ("headline", Wording.Headline(facts)),
        ("summary", Wording.Summary(facts)),
        ("paragraph", Wording.Paragraph(facts)),
        ("country", facts.Place.Name),
        ("code", facts.Place.Country.Code),
        ("event", facts.Revision.Event),
        ("revision", facts.Revision.Number),
        ("revision_id", facts.Revision.Id),
        ("change", States.Word(facts.Revision.Change)),
        ("state", Wording.IsOver(facts) ? "over" : facts.Revision.Change == Change.Retracted ? "retracted" : States.Word(facts.Found.State)),
        ("state_sign", Sign(facts)),
        ("state_tone", Tone(facts)),
        ("now", States.Word(facts.Assessment.Now)),
        ("kind", States.Word(facts.Found.Class)),
        ("duration", facts.Revision.Change == Change.Retracted ? "retracted" : Wording.Ongoing(facts)),
        ("confidence", Wording.ConfidenceWords(facts)),
        ("as_of", Moments.Both(facts.AsOf, facts.Place)),
        ("as_of_iso", Moments.Iso(facts.AsOf)),
        ("bin", Moments.Iso(facts.Assessment.Bin.Start)),
        ("method", facts.Revision.Method),
        ("cause", ReportFacts.Cause),
        ("changes", Array(WhatChanged.Since(facts.Earlier.Count > 0 ? facts.Earlier[^1] : null, facts.Revision, facts.Place))),
        ("normally", Array(Context.Normally(facts).Concat(RecordWording.Of(facts)))),
        ("likeness", Array(Likeness.Of(facts))),
        ("caution", Likeness.Caution),
        ("card", CardModel.Of(EvidenceCard.Of(facts.Assessment, facts.Revision.Method))),
        ("not_known", Array(Context.NotKnown(facts))),
        ("claims", Array(Context.Claims(facts).Select((claim, index) => OfClaim(claim, index + 1)))),
        ("signals", Array(facts.Signals.Select(OfSignal))),
        ("revisions", Array(facts.Earlier.Append(facts.Revision).Select(OfRevision))),
        ("dips", Array(facts.Found.Dips.Select(dip => OfDip(dip, facts)))),
        ("clocks", Array(OfClocks(facts))),
        ("statements", Array(facts.Background.Statements.Select(OfStatement))),
        ("credits", Array(Credits.For(facts.Signals.Select(signal => signal.Signal)).Select(credit => Object(("line", credit.Line), ("terms", credit.Terms))))));

    internal static ScriptObject Object(params ReadOnlySpan<(string Name, object? Value)> members)
    {
        var made = new ScriptObject();
        foreach (var (name, value) in members)
            made.SetValue(name, value, readOnly: true);
        return made;
    }

    internal static ScriptArray Array(IEnumerable<object> items) => [.. items];

    internal static ScriptObject OfSignal(SignalEvidence signal) => Object(
        ("name", signal.Signal.Name),
        ("source", signal.Signal.Source),
        ("unit", signal.Signal.Unit),
        ("plane", signal.Signal.Plane switch { Plane.Control => "routes", Plane.Data => "paths", _ => "users" }),
        ("bin", Moments.Iso(signal.Bin.Start)),
        ("vantage_points", Vantage(signal.Witness)),
        ("value", signal.Value is { } value ? Amounts.Number(value) : States.Word(signal.Found.Reading.Gap)),
        ("missing", signal.Value is null),
        ("expected", signal.Found.Expected is { } expected ? Amounts.Number(expected) : "–"),
        ("spread", signal.Found.Expected is null ? "–" : $"±{Amounts.Number(Math.Round(300 * signal.Found.Spread, 1))} %"),
        ("percent", signal.Percent is { } percent ? $"{Amounts.Number(Math.Round(percent))} %" : "–"),
        ("width", (int)Math.Round(Math.Clamp(signal.Percent ?? 0, 0, 100))),
        ("bar", Bar(signal.Percent)),
        ("loss", Amounts.Share(signal.Found.Loss)),
        ("evidence", Amounts.Number(Math.Round(signal.Found.Evidence, 1))),
        ("weight", Amounts.Number(Math.Round(signal.Found.Weight, 2))),
        ("status", signal.Status));

    /// <summary>Ten characters: full blocks for what is there, light ones for what is missing, dashes where nobody looked.</summary>
    internal static string Bar(double? percent)
    {
        if (percent is not { } number)
            return "- - - - - ";
        var full = (int)Math.Round(Math.Clamp(number, 0, 100) / 10, MidpointRounding.AwayFromZero);
        return new string('█', full) + new string('░', 10 - full);
    }

    private static ScriptObject OfClaim(Claim claim, int number) => Object(
        ("number", number),
        ("name", claim.Name),
        ("text", claim.Text),
        ("long", claim.Text.Length > 20),
        ("bin", Moments.Iso(claim.Bin.Start)),
        ("witnesses", string.Join("; ", claim.Witnesses.Select(witness => $"{witness.Signal} ({Vantage(witness)})"))));

    private static ScriptObject OfRevision(Revision revision) => Object(
        ("number", revision.Number),
        ("change", States.Word(revision.Change)),
        ("state", States.Word(revision.Found.State)),
        ("depth", Amounts.Share(revision.Found.Depth)),
        ("dips", revision.Found.Dips.Count),
        ("confidence", Amounts.Confidence(revision.Found.Confidence)),
        ("reason", revision.Reason));

    private static ScriptObject OfDip(Dip dip, ReportFacts facts) => Object(
        ("start", Moments.Utc(dip.Start.Start)),
        ("start_iso", Moments.Iso(dip.Start.Start)),
        ("start_local", Moments.Local(dip.Start.Start, facts.Place.TimeZone)),
        ("end", dip.End is { } end ? Moments.Utc(end.Start) : "not observed yet"),
        ("length", dip.End is { } over ? Amounts.Length(over.Start - dip.Start.Start) : $"ongoing, {Amounts.Length(facts.AsOf - dip.Start.Start)}"),
        ("peak", Amounts.Share(dip.Peak)));

    private static IEnumerable<ScriptObject> OfClocks(ReportFacts facts)
    {
        ScriptObject Clock(string name, DateTimeOffset? moment) => Object(
            ("name", name),
            ("utc", moment is { } told ? Moments.Utc(told) : "not yet"),
            ("local", moment is { } there ? Moments.Local(there, facts.Place.TimeZone) : "–"));

        var clocks = facts.Revision.Clocks;
        yield return Clock("First evidence", clocks.FirstEvidence);
        yield return Clock("Detected", clocks.Detected);
        yield return Clock("Raised", clocks.Raised);
        yield return Clock("Lowered", clocks.Lowered);
        yield return Clock("Closed", clocks.Closed);
    }

    private static ScriptObject OfStatement(Statement statement) => Object(
        ("who", new Quoted(statement.Who)),
        ("when", Moments.Utc(statement.When)),
        ("where", new Quoted(statement.Where)),
        ("stance", States.Word(statement.Stance)),
        ("silent", statement.Words.Length == 0),
        ("words", new Quoted(statement.Words)));

    private static string Vantage(Witness witness) => witness.VantagePoints is { } count
        ? string.Create(CultureInfo.InvariantCulture, $"{count:#,##0} vantage point{(count == 1 ? "" : "s")}")
        : "vantage points not told by the source";

    /// <summary>A shape beside the word, so that nothing hangs on colour.</summary>
    private static string Sign(ReportFacts facts) => Tone(facts) switch
    {
        "bad" => "▼",
        "warn" => "◆",
        "good" => "▲",
        _ => "?",
    };

    private static string Tone(ReportFacts facts) => facts.Revision.Change == Change.Retracted ? "none"
        : Wording.IsOver(facts) ? "good"
        : facts.Found.State switch
        {
            State.Outage => "bad",
            State.Unknown => "none",
            State.Stable => "good",
            _ => "warn",
        };
}
