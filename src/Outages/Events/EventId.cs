using System.Globalization;
using System.Text;

namespace Pharos.Outages;

/// <summary>The id of an event: a hash of the country and the onset it was first told with. It never changes after that.</summary>
public static class EventId
{
    /// <summary>Sixteen lower-case hexadecimal digits (64-bit FNV-1a of <c>KP|2014-12-22T16:15:00Z</c>).</summary>
    public static string Of(Country country, Bin onset)
    {
        var hash = 14695981039346656037UL;
        foreach (var letter in Encoding.ASCII.GetBytes($"{country}|{onset}"))
            hash = (hash ^ letter) * 1099511628211UL;
        return hash.ToString("x16", CultureInfo.InvariantCulture);
    }

    /// <summary>Whether a text has the form of an id.</summary>
    public static bool IsValid(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length == 16 && text.All(char.IsAsciiHexDigitLower);
    }
}
