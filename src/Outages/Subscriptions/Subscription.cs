namespace Pharos.Outages;

/// <summary>Who wants to hear about which countries, from which size on.</summary>
/// <param name="Id">Stable id of the subscription.</param>
/// <param name="Address">Where letters go.</param>
/// <param name="DisplayName">Name of the reader; null where not given.</param>
/// <param name="Countries">Which countries; empty means all.</param>
/// <param name="MinimumSeverity">Smallest severity to hear about, 0 to 10.</param>
/// <param name="MinimumConfidence">Smallest confidence to hear about, 0 to 1.</param>
/// <param name="TimeZone">IANA id of the reader's time zone.</param>
public sealed record Subscription(
    string Id, string Address, string? DisplayName, IReadOnlyList<Country> Countries, double MinimumSeverity, double MinimumConfidence, string TimeZone)
{
    /// <summary>Stable id of the subscription.</summary>
    public string Id { get; } = string.IsNullOrWhiteSpace(Id) ? throw new ArgumentException("A subscription has an id.", nameof(Id)) : Id;

    /// <summary>Smallest severity to hear about, 0 to 10.</summary>
    public double MinimumSeverity { get; } = MinimumSeverity is >= 0 and <= 10
        ? MinimumSeverity
        : throw new ArgumentOutOfRangeException(nameof(MinimumSeverity), MinimumSeverity, "Severity lies between 0 and 10.");

    /// <summary>Smallest confidence to hear about, 0 to 1.</summary>
    public double MinimumConfidence { get; } = MinimumConfidence is >= 0 and <= 1
        ? MinimumConfidence
        : throw new ArgumentOutOfRangeException(nameof(MinimumConfidence), MinimumConfidence, "Confidence lies between 0 and 1.");

    /// <summary>Whether the country is one of those asked for.</summary>
    public bool Covers(Country country) => Countries.Count == 0 || Countries.Contains(country);
}
