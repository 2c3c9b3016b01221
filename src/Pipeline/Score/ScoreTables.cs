using System.Globalization;

namespace Pharos.Pipeline;

/// <summary>Names and keys of the tables of this stage; nobody else knows them.</summary>
internal static class ScoreTables
{
    /// <summary>partition = verdict or memory, key = bin|signal: a verdict that says something.</summary>
    public const string Guard = "guard";

    /// <summary>partition = day, key = country: what the country expects of the day.</summary>
    public const string Expected = "expected";

    /// <summary>partition = country, key = hour: the state after that hour.</summary>
    public const string Checkpoints = "checkpoints";

    /// <summary>partition = country, key = hour: its assessments as <see cref="AssessmentBytes"/>.</summary>
    public const string Assessments = "assessments";

    /// <summary>partition = <see cref="World"/>, key = country: the last bin judged and its assessment; partition and key pulse: the bin all were told to.</summary>
    public const string Heads = "heads";

    /// <summary>The partition of rows about all countries.</summary>
    public const string World = "world";

    public static string Key(Bin bin) => bin.Number.ToString("D9", CultureInfo.InvariantCulture);

    public static string HourKey(int hour) => hour.ToString("D7", CultureInfo.InvariantCulture);

    public static string DayKey(DateOnly day) => day.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
}
