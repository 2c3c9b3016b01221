namespace Pharos.Standalone;

/// <summary>The outcome of an evaluation: one measurement per detector, Pharos first.</summary>
/// <param name="Name">Name of the dataset, or of the world and its seed.</param>
/// <param name="Method">Version of the method that judged.</param>
/// <param name="Events">Truth events.</param>
/// <param name="Detectors">What each detector said.</param>
public sealed record Evaluation(string Name, string Method, int Events, IReadOnlyList<Measured> Detectors)
{
    /// <summary>The score cards, Pharos first.</summary>
    public IReadOnlyList<ScoreCard> Cards { get; } = [.. Detectors.Select(detector => detector.Card())];

    /// <summary>Several evaluations by the same detectors as one.</summary>
    public static Evaluation Together(string name, IReadOnlyList<Evaluation> parts) => new(
        name, parts[0].Method, parts.Sum(part => part.Events),
        [.. parts[0].Detectors.Select((_, index) => Measured.Together([.. parts.Select(part => part.Detectors[index])]))]);
}
