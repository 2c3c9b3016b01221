using System.Globalization;
using Scriban.Runtime;

namespace Pharos.Pipeline;

/// <summary>The evidence card as the plain values that templates see.</summary>
internal static class CardModel
{
    public static ScriptObject Of(EvidenceCard card) => ReportModel.Object(
        ("planes", ReportModel.Array(
        [
            Plane("routes", card.Planes.RoutesWeight, card.Planes.RoutesLoss),
            Plane("paths", card.Planes.PathsWeight, card.Planes.PathsLoss),
            Plane("users", card.Planes.UsersWeight, card.Planes.UsersLoss),
        ])),
        ("leading", card.Leading?.Name ?? ""),
        ("value", Number(card.Value)),
        ("expected", Number(card.Expected)),
        ("allowance", Number(card.Allowance)),
        ("loss", Number(card.Loss)),
        ("score", Number(card.Score)),
        ("score_rule", EvidenceCard.ScoreRule),
        ("loss_rule", EvidenceCard.LossRule),
        ("hash", card.Readings));

    private static ScriptObject Plane(string name, double weight, double loss) => ReportModel.Object(("name", name), ("weight", Number(weight)), ("loss", Number(loss)));

    private static string Number(double? number) => number is { } told ? told.ToString("0.####", CultureInfo.InvariantCulture) : "–";
}
