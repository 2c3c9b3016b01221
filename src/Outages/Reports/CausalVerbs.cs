using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Pharos.Outages;

/// <summary>Words that would assert a cause. While the cause is unattributed our own text must not contain them; quotations may, and so
/// may a hypothesis where its name directly follows "consistent with an".</summary>
public static partial class CausalVerbs
{
    /// <summary>The first such words in a text, or null.</summary>
    public static string? FirstIn(string text) => Verbs().Match(text) is { Success: true } match ? match.Value : null;

    /// <summary>Passes a text on, or refuses it.</summary>
    /// <exception cref="UnreachableException">The text asserts a cause: a bug in our wording.</exception>
    public static string Refuse(string text)
    {
        var match = Verbs().Match(text);
        if (!match.Success)
            return text;
        var start = Math.Max(0, match.Index - 40);
        var excerpt = text.Substring(start, Math.Min(text.Length - start, match.Length + 80));
        throw new UnreachableException($"The cause is unattributed, but our own text says '{match.Value}': … {excerpt} …");
    }

    [GeneratedRegex(
        """
        (?<!\bconsistent\s+with\s+an\s+)\b(?:
          caused\s+by | causing | because | due\s+to | owing\s+to | thanks\s+to | as\s+a\s+(?:result|consequence)\s+of | result(?:s|ed|ing)\s+(?:from|in)
        | triggered | provoked | the\s+cause\s+(?:is|was) | led\s+to | blam(?:e|es|ed|ing) | responsib(?:le|ility) | culprits? | perpetrat\w+ | retaliat\w+
        | attack(?:s|ed|er|ers|ing)? | hack(?:ed|er|ers|ing)? | sabotag\w+ | jamm(?:ed|ing) | censor\w*
        | (?:shut|switched|turned|cut)\s+(?:it\s+)?(?:down|off)\s+by | shut\s?downs?\s+(?:by|ordered) | ordered | (?:taken|took|brought|knocked)\s+(?:\w+\s+)?(?:down|out|offline)
        )\b
        """,
        RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex Verbs();
}
