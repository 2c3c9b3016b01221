namespace Pharos.Outages;

/// <summary>Whether a deterioration was said before the total loss, and how often a steady instability was called one.</summary>
/// <param name="Deteriorations">Deteriorations that led to a total loss.</param>
/// <param name="SaidBefore">Share called worsening before the total loss.</param>
/// <param name="LeadHours">Median time between the word and the total loss; NaN of none.</param>
/// <param name="Steady">Instabilities without a trend.</param>
/// <param name="SaidFalsely">Share of these called worsening.</param>
public sealed record WorseningScore(int Deteriorations, double SaidBefore, double LeadHours, int Steady, double SaidFalsely)
{
    internal static WorseningScore? Of(TruthMatching matching)
    {
        if (!matching.Events.SelectMany(found => found.By).Any(said => said.Class is not null))
            return null;
        var deteriorations = matching.Events.Where(found => found.Truth.TotalLoss is not null).ToList();
        var leads = deteriorations.Select(found => (Total: found.Truth.TotalLoss!.Value, Said: First(found)))
            .Where(pair => pair.Said is { } said && said < pair.Total).Select(pair => (pair.Total - pair.Said!.Value) / (double)Bin.PerHour).ToList();
        var steady = matching.Events.Where(found => found.Truth.Class == TroubleKind.Unstable).ToList();
        return new(
            deteriorations.Count, Share(leads.Count, deteriorations.Count), Delay.Of(leads).Median, steady.Count,
            Share(steady.Count(found => First(found) is not null), steady.Count));
    }

    private static Bin? First(TruthMatching.Found found) => found.By.Select(said => said.WorseningAt).Where(bin => bin is not null).Min();

    private static double Share(int part, int whole) => whole == 0 ? double.NaN : part / (double)whole;
}
