using Scriban.Runtime;

namespace Pharos.Pipeline;

/// <summary>The facts of one letter to one subscriber as the plain values that templates see.</summary>
internal static class LetterModel
{
    public static ScriptObject Of(ReportFacts facts, Subscription subscription, LetterReason reason, Revision? lastTold, LetterWords words)
    {
        var address = words.BaseAddress?.AbsoluteUri.TrimEnd('/');
        return ReportModel.Object(
            ("headline", Wording.Headline(facts)),
            ("summary", Wording.Summary(facts)),
            ("paragraph", Wording.Paragraph(facts)),
            ("country", facts.Place.Name),
            ("code", facts.Place.Country.Code),
            ("event", facts.Revision.Event),
            ("revision", facts.Revision.Number),
            ("method", facts.Revision.Method),
            ("retracted", facts.Revision.Change == Change.Retracted),
            ("since", Span(facts)),
            ("duration", Wording.Ongoing(facts)),
            ("confidence", Wording.ConfidenceWords(facts)),
            ("as_of", Moments.Both(facts.AsOf, facts.Place)),
            ("as_of_reader", $"{Moments.Local(facts.AsOf, subscription.TimeZone)} in {Moments.City(subscription.TimeZone)}"),
            ("changes", ReportModel.Array(WhatChanged.Since(lastTold, facts.Revision, facts.Place))),
            ("signals", ReportModel.Array(facts.Signals.Select(ReportModel.OfSignal))),
            ("normally", ReportModel.Array(Context.Normally(facts))),
            ("not_known", ReportModel.Array(Context.NotKnown(facts))),
            ("report", address is null ? "" : $"{address}/reports/{facts.Revision.Event}/{facts.Revision.Number}"),
            ("has_report", address is not null),
            ("greeting", new Quoted(subscription.DisplayName is { Length: > 0 } name ? Clean.Line(name, 100) : "reader")),
            ("why", LetterWhy.Of(reason, facts.Place.Name, subscription)),
            ("leave", Leave(words)),
            ("credits", ReportModel.Array(Credits.For(facts.Signals.Select(signal => signal.Signal)).Select(credit => credit.Line))));
    }

    private static string Span(ReportFacts facts) => Wording.IsOver(facts)
        ? $"{Moments.Both(facts.Found.Start.Start, facts.Place)} to {Moments.Both(facts.Found.End?.Start ?? facts.AsOf, facts.Place)}"
        : Moments.Both(Wording.Since(facts), facts.Place);

    /// <summary>Only what really works today.</summary>
    private static string Leave(LetterWords words) => words.RepliesAreRead
        ? "To leave, reply with the word unsubscribe: a person reads it and takes your address off the list. There is no automatic way yet."
        : "To leave, ask the operator of this Pharos to take your address off the list of subscribers. There is no automatic way yet.";
}
