namespace Pharos.Outages;

/// <summary>Classes given against classes true, of the events found.</summary>
/// <param name="Accuracy">Share given their true class.</param>
/// <param name="Events">Events with a class.</param>
/// <param name="Cells">How often each true class was called what.</param>
public sealed record ClassConfusion(double Accuracy, int Events, IReadOnlyList<ClassConfusion.Cell> Cells)
{
    /// <summary>How often a true class was called something.</summary>
    /// <param name="True">The true class.</param>
    /// <param name="Called">What it was called.</param>
    /// <param name="Events">How often.</param>
    public sealed record Cell(EventClass True, EventClass Called, int Events);

    internal static ClassConfusion? Of(TruthMatching matching)
    {
        var pairs = matching.Events.Where(found => found.IsHit && found.Truth.Expected is not null && found.Largest.Class is not null)
            .Select(found => (True: found.Truth.Expected!.Value, Called: found.Largest.Class!.Value)).ToList();
        if (pairs.Count == 0)
            return null;
        var cells = pairs.GroupBy(pair => pair).OrderBy(group => group.Key).Select(group => new Cell(group.Key.True, group.Key.Called, group.Count())).ToList();
        return new(pairs.Count(pair => pair.True == pair.Called) / (double)pairs.Count, pairs.Count, cells);
    }
}
