namespace Pharos.Pipeline;

/// <summary>A report in its three forms, equal in content.</summary>
public sealed record RenderedReport(string Html, string Text, byte[] Json);

/// <summary>A letter in its two forms, equal in content, with its subject.</summary>
public sealed record RenderedLetter(string Subject, string Html, string Text);

/// <summary>What letters say about the place they come from.</summary>
/// <param name="BaseAddress">Where reports can be read, without a trailing slash; null where they are not served.</param>
/// <param name="RepliesAreRead">Whether somebody reads what is sent back to the sender's address.</param>
public sealed record LetterWords(Uri? BaseAddress = null, bool RepliesAreRead = false);

/// <summary>
/// Facts in, documents out, without effects: the same facts give the same bytes. Whatever is missing, too long or asserts a cause throws.
/// </summary>
public sealed class Renderer
{
    /// <summary>Longest subject of a letter, characters.</summary>
    public const int LongestSubject = 78;

    private readonly Templates templates;
    private readonly LetterWords words;

    /// <summary>A renderer with the templates of the house.</summary>
    public Renderer(LetterWords words)
        : this(words, Templates.OfTheHouse)
    {
    }

    internal Renderer(LetterWords words, Templates templates)
    {
        if (words.BaseAddress is { } address && address is not { IsAbsoluteUri: true, Scheme: "https" or "http" })
            throw new ArgumentException($"'{address}' is no http or https address to read reports at.", nameof(words));
        (this.words, this.templates) = (words, templates);
    }

    /// <summary>The report of a revision.</summary>
    public RenderedReport Report(ReportFacts facts)
    {
        var model = ReportModel.Of(facts);
        model.SetValue("chart_wide", new Raw(Chart.Draw(facts, Chart.Wide)), readOnly: true);
        model.SetValue("chart_narrow", new Raw(Chart.Draw(facts, Chart.Narrow)), readOnly: true);
        return new RenderedReport(
            TemplateText.Render(templates.ReportHtml, model, html: true), TemplateText.Render(templates.ReportText, model, html: false), ReportJson.Write(facts));
    }

    /// <summary>The letter to one subscriber. <paramref name="lastTold"/> is the revision the subscriber heard last; null when none.</summary>
    public RenderedLetter Letter(ReportFacts facts, Subscription subscription, LetterReason reason, Revision? lastTold)
    {
        var model = LetterModel.Of(facts, subscription, reason, lastTold, words);
        return new RenderedLetter(
            Subject(facts), TemplateText.Render(templates.LetterHtml, model, html: true), TemplateText.Render(templates.LetterText, model, html: false));
    }

    /// <summary>As <c>[KP] outage: North Korea has dropped off the Internet</c>, at most 78 characters.</summary>
    internal static string Subject(ReportFacts facts)
    {
        var state = Wording.IsOver(facts) ? "over" : facts.Revision.Change == Change.Retracted ? "retracted" : States.Word(facts.Found.State);
        var headline = Wording.Headline(facts);
        const string Retracted = "Retracted: ";
        if (headline.StartsWith(Retracted, StringComparison.Ordinal))
            headline = headline[Retracted.Length..];
        return Clean.Line(Wording.RefuseCausalVerbs($"[{facts.Place.Country}] {state}: {headline}"), LongestSubject);
    }
}
