namespace Pharos.Pipeline;

/// <summary>How often a job is tried, and when again: the same on every queue.</summary>
public static class Tries
{
    /// <summary>How often a job is handed out before it is given up.</summary>
    public const int Most = 5;

    /// <summary>The wait after a try that failed: 15 s, 1 min, 4 min, 16 min; null after the fifth, which was the last.</summary>
    /// <param name="tried">How often it was tried, 1 at first.</param>
    public static TimeSpan? After(int tried) => tried >= Most ? null : TimeSpan.FromSeconds(15 * Math.Pow(4, tried - 1));
}
