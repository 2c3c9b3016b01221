using System.Globalization;
using System.Text;

namespace Pharos.Pipeline;

/// <summary>Text of others made fit for one line of ours: no line breaks, no control characters, nothing that turns the reading direction.</summary>
internal static class Clean
{
    /// <summary>Longest text that is kept, in UTF-16 units.</summary>
    public const int Longest = 2_000;

    public static string Line(string text)
    {
        var clean = new StringBuilder(Math.Min(text.Length, Longest));
        foreach (var rune in text.EnumerateRunes())
        {
            if (clean.Length >= Longest)
                return clean.Append('…').ToString();
            if (Rune.IsWhiteSpace(rune))
                clean.Append(clean.Length > 0 && clean[^1] == ' ' ? "" : rune.Value == 0xA0 ? "\u00A0" : " ");
            else if (Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned)
                && rune != Rune.ReplacementChar)
                clean.Append(rune.ToString());
        }
        return clean.ToString();
    }

    /// <summary>A line of at most so many UTF-16 units, cut between characters.</summary>
    public static string Line(string text, int most)
    {
        var line = Line(text).Trim();
        if (line.Length <= most)
            return line;
        var end = most - 1;
        if (char.IsLowSurrogate(line[end]))
            end--;
        return line[..end].TrimEnd() + "…";
    }
}
