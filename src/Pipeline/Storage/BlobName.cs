using System.Buffers;

namespace Pharos.Pipeline;

/// <summary>
/// What every blob adapter refuses before it calls its storage: names that would leave a folder, or that some file system or Azure cannot hold.
/// </summary>
public static class BlobName
{
    /// <summary>Longest name.</summary>
    public const int MaxLength = 512;

    /// <summary>Longest part between slashes; file systems end at 255.</summary>
    public const int MaxPartLength = 200;

    private static readonly SearchValues<char> Allowed = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789.-_/");

    // Windows opens a device for these, with any extension.
    private static readonly HashSet<string> Devices =
    [
        "con", "prn", "aux", "nul", .. Enumerable.Range(0, 10).SelectMany(number => (string[])[$"com{number}", $"lpt{number}"]),
    ];

    /// <summary>Refuses what is no name.</summary>
    /// <exception cref="ArgumentException">The name breaks a rule.</exception>
    public static void Check(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (Trouble(name) is { } trouble)
            throw new ArgumentException($"'{name}' is no blob name: {trouble}.", nameof(name));
    }

    /// <summary>Refuses what cannot begin a name. An empty prefix begins them all.</summary>
    /// <exception cref="ArgumentException">No name begins so.</exception>
    public static void CheckPrefix(string prefix)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        // Whole parts are judged as such; of the last one only its characters are known.
        var whole = prefix[..Math.Max(0, prefix.LastIndexOf('/'))];
        if (prefix.AsSpan().ContainsAnyExcept(Allowed) || prefix.StartsWith('/') || (whole.Length > 0 && !IsValid(whole)))
            throw new ArgumentException($"No blob name begins with '{prefix}'.", nameof(prefix));
    }

    /// <summary>Whether a text is a name.</summary>
    public static bool IsValid(string name) => Trouble(name) is null;

    private static string? Trouble(string name)
    {
        if (name.Length is 0 or > MaxLength)
            return $"it needs 1 to {MaxLength} characters";
        if (name.AsSpan().ContainsAnyExcept(Allowed))
            return "only lower-case letters, digits and . - _ / are allowed";
        foreach (var part in name.Split('/'))
        {
            if (part.Length is 0 or > MaxPartLength)
                return $"each part between slashes needs 1 to {MaxPartLength} characters";
            if (part.EndsWith('.'))
                return "no part may end with a dot";
            if (Devices.Contains(part.Split('.')[0]))
                return $"'{part}' is a device on Windows";
        }

        return null;
    }
}
