using System.Diagnostics;
using Scriban;

namespace Pharos.Pipeline;

/// <summary>The templates of the house, embedded in the assembly and parsed once.</summary>
internal sealed class Templates
{
    public static readonly Templates OfTheHouse = new(Embedded);

    public Templates(Func<string, string> read)
    {
        Template Parse(string name)
        {
            var template = Template.Parse(read(name), name);
            return template.HasErrors
                ? throw new UnreachableException($"The template {name} has errors: {string.Join("; ", template.Messages)}")
                : template;
        }

        ReportHtml = Parse("report.html.sbn");
        ReportText = Parse("report.txt.sbn");
        LetterHtml = Parse("letter.html.sbn");
        LetterText = Parse("letter.txt.sbn");
    }

    public Template ReportHtml { get; }

    public Template ReportText { get; }

    public Template LetterHtml { get; }

    public Template LetterText { get; }

    public static string Embedded(string name)
    {
        using var stream = typeof(Templates).Assembly.GetManifestResourceStream(name) ?? throw new UnreachableException($"The template {name} is not embedded.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Replace("\r\n", "\n", StringComparison.Ordinal);
    }
}
