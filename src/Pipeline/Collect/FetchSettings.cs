namespace Pharos.Pipeline;

/// <summary>How the fetcher introduces itself and how much it puts up with.</summary>
public sealed record FetchSettings
{
    /// <summary>Where an upstream's operator can reach ours: an address or a URL. Sent with every question.</summary>
    public string Contact { get; init; } = "no contact set";

    /// <summary>Longest time from the question to the last byte of the answer. IODA takes about 25 s for all countries.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Largest answer, unpacked, in bytes.</summary>
    public long MostBytes { get; init; } = 64L * 1024 * 1024;

    /// <summary>Most redirects followed, all within one host.</summary>
    public int Redirects { get; init; } = 3;

    internal string UserAgent
    {
        get
        {
            var version = typeof(FetchSettings).Assembly.GetName().Version?.ToString(3) ?? "0";
            var contact = new string([.. Contact.Where(c => c is >= ' ' and <= '~' and not ('(' or ')' or '\\'))]);
            return $"Pharos/{version} (+{contact})";
        }
    }
}
