using System.Globalization;

namespace Pharos.Outages;

/// <summary>Numbers and durations as a report writes them, the same in every culture.</summary>
public static class Amounts
{
    /// <summary>A share, 0 to 1, as <c>62 %</c>. Only nothing is 0 % and only everything is 100 %.</summary>
    public static string Share(double share) => share switch
    {
        <= 0 => "0 %",
        < .01 => "less than 1 %",
        >= 1 => "100 %",
        > .99 => "more than 99 %",
        _ => Text($"{Math.Round(100 * share, MidpointRounding.AwayFromZero):0} %"),
    };

    /// <summary>Availability, 0 to 1, with the decimals that matter: <c>99.97 %</c>.</summary>
    public static string Availability(double share) =>
        share >= 1 ? "100 %" : Text($"{Math.Floor(Math.Max(0, share) * 10_000) / 100:0.00} %");

    /// <summary>A quantity with at most three digits behind the point: <c>1,024</c>, <c>0.985</c>.</summary>
    public static string Number(double number) => number.ToString(Math.Abs(number) >= 100 ? "#,##0" : "0.###", CultureInfo.InvariantCulture);

    /// <summary>A length as <c>3 h 10 min</c>, <c>45 min</c>, <c>38 days 2 h</c>; cut, never rounded up.</summary>
    public static string Length(TimeSpan length)
    {
        if (length < TimeSpan.FromMinutes(1))
            return "less than 1 min";
        if (length < TimeSpan.FromHours(1))
            return Text($"{(int)length.TotalMinutes} min");
        if (length < TimeSpan.FromHours(48))
            return length.Minutes == 0 ? Text($"{(int)length.TotalHours} h") : Text($"{(int)length.TotalHours} h {length.Minutes} min");
        return length.Hours == 0 ? Text($"{length.Days} days") : Text($"{length.Days} days {length.Hours} h");
    }

    /// <summary>Confidence in a word: low below 0.8, medium below 0.95, high from there.</summary>
    public static string Confidence(double confidence) => confidence switch
    {
        < .8 => "low",
        < .95 => "medium",
        _ => "high",
    };

    /// <summary>A count with its noun: <c>1 dip</c>, <c>3 dips</c>, <c>no dips</c>.</summary>
    public static string Count(int count, string noun) => count switch
    {
        0 => $"no {noun}s",
        1 => $"1 {noun}",
        _ => Text($"{count:#,##0} {noun}s"),
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
