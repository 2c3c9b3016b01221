using System.Globalization;
using System.Text;

namespace Pharos.Outages;

/// <summary>
/// What stands on an event's card so that its score can be recomputed by hand: twelve numbers, of which eleven lead to the twelfth.
/// Rules: <see cref="ScoreRule"/> and <see cref="LossRule"/>.
/// </summary>
/// <param name="Bin">The bin.</param>
/// <param name="Planes">Weight and loss of each plane, four digits: six numbers.</param>
/// <param name="Leading">The signal that weighs most in what was lost; null when none has a reading and a baseline.</param>
/// <param name="Value">Its reading.</param>
/// <param name="Expected">What was expected of it.</param>
/// <param name="Allowance">The part of a drop that is taken for its noise, 0 to 0.75.</param>
/// <param name="Loss">Its loss, 0 to 1.</param>
/// <param name="Coverage">How much of the country is seen.</param>
/// <param name="Score">The score.</param>
/// <param name="Readings">Hash of all readings and expected values of the bin, 16 hexadecimal digits.</param>
/// <param name="Method">Version of the method.</param>
public sealed record EvidenceCard(
    Bin Bin, PlaneNumbers Planes, Signal? Leading, double? Value, double? Expected, double? Allowance, double? Loss, double Coverage, double Score, string Readings, string Method)
{
    /// <summary>How the score follows from the six numbers of the planes.</summary>
    public const string ScoreRule =
        "paths = (paths weight × paths loss + users weight × users loss) / (paths weight + users weight), and 0 where these weights sum to 0.2 or less "
        + "(0.05 where the routes' weight is 0.3 or less); routes = (1 − 0.5 × min(1, paths weight + users weight)) × routes loss, and 0 where the routes' weight is 0.05 or less; "
        + "score = 100 × (1 − the larger of the two).";

    /// <summary>How a signal's loss follows from its reading.</summary>
    public const string LossRule =
        "drop = 1 − value / expected; loss = (drop − allowance) / (1 − allowance), not below 0. A lasting small loss of a large count is averaged and may be larger.";

    /// <summary>The card of an assessment.</summary>
    public static EvidenceCard Of(Assessment assessment, string method)
    {
        ArgumentNullException.ThrowIfNull(assessment);
        var planes = assessment.Planes;
        var leading = assessment.Signals.Where(signal => signal.Expected is > 0 && signal.Reading.TryValue(out _))
            .MaxBy(signal => (Math.Round(signal.Weight * signal.Loss, 6), signal.Weight));
        var allowance = leading is null ? (double?)null : Math.Round(Math.Min(Outages.Method.Standard.NoiseSigmas * leading.Spread, Outages.Method.Standard.NoiseMost), 6);
        double? value = leading is not null && leading.Reading.TryValue(out var read) ? Math.Round(read, 4) : null;
        return new EvidenceCard(
            assessment.Bin,
            new PlaneNumbers(Four(planes.RoutesWeight), Four(planes.RoutesLoss), Four(planes.PathsWeight), Four(planes.PathsLoss), Four(planes.UsersWeight), Four(planes.UsersLoss)),
            leading?.Signal, value, leading?.Expected is { } expected ? Math.Round(expected, 4) : null, allowance, leading is null ? null : Four(leading.Loss),
            Four(assessment.Coverage), Math.Round(assessment.Score, 2), Hash(assessment), method);
    }

    private static double Four(double number) => Math.Round(number, 4);

    /// <summary>64-bit FNV-1a of <c>signal=value/expected</c> lines, four decimals, so that two cards of the same readings carry the same text.</summary>
    private static string Hash(Assessment assessment)
    {
        var hash = 14695981039346656037UL;
        foreach (var signal in assessment.Signals)
        {
            var line = string.Create(
                CultureInfo.InvariantCulture, $"{signal.Signal.Name}={(signal.Reading.TryValue(out var value) ? value : double.NaN):F4}/{signal.Expected ?? double.NaN:F4}\n");
            foreach (var letter in Encoding.ASCII.GetBytes(line))
                hash = (hash ^ letter) * 1099511628211UL;
        }
        return hash.ToString("x16", CultureInfo.InvariantCulture);
    }
}
