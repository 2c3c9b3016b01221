using System.Globalization;

namespace Pharos.Outages;

/// <summary>Moments as a report writes them: UTC first, then local time with its own date, because the date may differ.</summary>
public static class Moments
{
    /// <summary>As <c>Mon 22 Dec 2014 16:15 UTC</c>.</summary>
    public static string Utc(DateTimeOffset moment) => moment.UtcDateTime.ToString("ddd d MMM yyyy HH:mm 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>As <c>Tue 23 Dec 01:15</c> in a time zone as its clocks were set then.</summary>
    public static string Local(DateTimeOffset moment, string timeZone) =>
        TimeZoneInfo.ConvertTime(moment, TimeZoneInfo.FindSystemTimeZoneById(timeZone)).ToString("ddd d MMM HH:mm", CultureInfo.InvariantCulture);

    /// <summary>As <c>Mon 22 Dec 2014 16:15 UTC (Tue 23 Dec 01:15 in Pyongyang)</c>.</summary>
    public static string Both(DateTimeOffset moment, Place place) => $"{Utc(moment)} ({Local(moment, place.TimeZone)} in {City(place.TimeZone)})";

    /// <summary>As <c>2014-12-22T16:15:00Z</c>, for machines.</summary>
    public static string Iso(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>The city that names a time zone: <c>Buenos Aires</c> for America/Argentina/Buenos_Aires.</summary>
    public static string City(string timeZone) => timeZone[(timeZone.LastIndexOf('/') + 1)..].Replace('_', ' ');
}
