using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using Scriban;
using Scriban.Functions;
using Scriban.Parsing;
using Scriban.Runtime;

namespace Pharos.Pipeline;

/// <summary>Markup of our own that goes into a page as it is.</summary>
internal sealed record Raw(string Text);

/// <summary>Words of others: escaped like all text, and left out when our own text is searched for words that assert a cause.</summary>
internal sealed record Quoted(string Text);

/// <summary>
/// One rendering of one template. Every value is cleaned to one line and, in HTML, escaped; a missing variable, a missing member and
/// output over the limit throw. The finished text passes the check for words that assert a cause.
/// </summary>
internal sealed partial class TemplateText : TemplateContext
{
    /// <summary>Longest output, characters. A report has less than 200 kB.</summary>
    public const int LongestOutput = 400_000;

    private const char QuoteStart = '\uE000', QuoteEnd = '\uE001';

    private static readonly HtmlEncoder Html = HtmlEncoder.Create(UnicodeRanges.All);
    private static readonly ScriptObject Builtins = SafeBuiltins();

    private readonly bool html;

    private TemplateText(bool html)
        : base(Builtins)
    {
        this.html = html;
        StrictVariables = true;
        EnableRelaxedMemberAccess = false;
        EnableRelaxedTargetAccess = false;
        EnableRelaxedIndexerAccess = false;
        LoopLimit = 50_000;
        OutputLimit = LongestOutput;
        OnOutputLimit = ScriptLimitBehavior.Throw;
        RegexTimeOut = TimeSpan.FromMilliseconds(200);
        NewLine = "\n";
        PushCulture(System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Renders a template whose text was parsed before.</summary>
    public static string Render(Template template, ScriptObject model, bool html)
    {
        var context = new TemplateText(html);
        context.PushGlobal(model);
        var text = template.Render(context);
        if (text.Length >= LongestOutput)
            throw new InvalidOperationException($"The output has {text.Length} characters; a cut report is never published.");
        Wording.RefuseCausalVerbs(Quotations().Replace(text, " "));
        return text.Replace(QuoteStart.ToString(), "", StringComparison.Ordinal).Replace(QuoteEnd.ToString(), "", StringComparison.Ordinal);
    }

    /// <inheritdoc/>
    public override TemplateContext Write(SourceSpan span, object? textAsObject) => textAsObject switch
    {
        null => this,
        Raw raw => Write(raw.Text),
        Quoted quoted => Write(QuoteStart + Escape(quoted.Text) + QuoteEnd),
        _ => Write(Escape(ObjectToString(textAsObject) ?? "")),
    };

    private string Escape(string text) => html ? Html.Encode(Clean.Line(text)) : Clean.Line(text);

    /// <summary>The functions of the language without those that read a clock, other templates or text as a program.</summary>
    private static BuiltinFunctions SafeBuiltins()
    {
        var builtins = new BuiltinFunctions();
        if (builtins["object"] is ScriptObject functions)
        {
            functions.Remove("eval");
            functions.Remove("eval_template");
        }
        builtins.Remove("date");
        builtins.Remove("include");
        return builtins;
    }

    [GeneratedRegex("\uE000[^\uE001]*\uE001")]
    private static partial Regex Quotations();
}
