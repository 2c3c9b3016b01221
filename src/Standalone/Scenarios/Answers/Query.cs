using System.Globalization;

namespace Pharos.Standalone;

/// <summary>The parameters of a request. Names are matched exactly; unknown ones are ignored, as the real services do.</summary>
internal sealed class Query
{
    private readonly Dictionary<string, string> values = new(StringComparer.Ordinal);

    public Query(Uri address)
    {
        foreach (var part in address.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
                values[Uri.UnescapeDataString(part[..equals])] = Uri.UnescapeDataString(part[(equals + 1)..].Replace('+', ' '));
        }
    }

    public string? this[string name] => values.GetValueOrDefault(name);

    /// <summary>A whole number, or null.</summary>
    public long? Number(string name) =>
        long.TryParse(this[name], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>A moment as unix seconds, given as such or as ISO 8601; without a zone it is UTC.</summary>
    public long? Moment(string name) =>
        Number(name) ?? (DateTimeOffset.TryParse(
            this[name], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var moment)
            ? moment.ToUnixTimeSeconds()
            : null);

    /// <summary>The items of a comma-separated list; null if the parameter is absent.</summary>
    public string[]? List(string name) => this[name]?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
