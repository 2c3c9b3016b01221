using System.Globalization;

namespace Pharos.Outages.Tests;

public class WorldTimeTests
{
    [Fact]
    public void Every_zone_exists_and_is_listed_once() => Assert.All(Countries.All, country =>
    {
        Assert.NotEmpty(country.Facts.TimeZones);
        Assert.Equal(country.Facts.TimeZones.Distinct(), country.Facts.TimeZones);
        Assert.All(country.Facts.TimeZones, zone => Assert.Equal(zone, TimeZoneInfo.FindSystemTimeZoneById(zone).Id));
    });

    [Theory]
    [InlineData("AQ", "Antarctica/McMurdo")]
    [InlineData("AR", "America/Argentina/Buenos_Aires")]
    [InlineData("AU", "Australia/Sydney")]
    [InlineData("BR", "America/Sao_Paulo")]
    [InlineData("CA", "America/Toronto")]
    [InlineData("CD", "Africa/Kinshasa")]
    [InlineData("CL", "America/Santiago")]
    [InlineData("CN", "Asia/Shanghai")]
    [InlineData("CY", "Asia/Nicosia")]
    [InlineData("DE", "Europe/Berlin")]
    [InlineData("EC", "America/Guayaquil")]
    [InlineData("ES", "Europe/Madrid")]
    [InlineData("FM", "Pacific/Pohnpei")]
    [InlineData("GL", "America/Nuuk")]
    [InlineData("ID", "Asia/Jakarta")]
    [InlineData("KI", "Pacific/Tarawa")]
    [InlineData("KZ", "Asia/Almaty")]
    [InlineData("MH", "Pacific/Majuro")]
    [InlineData("MN", "Asia/Ulaanbaatar")]
    [InlineData("MX", "America/Mexico_City")]
    [InlineData("MY", "Asia/Kuala_Lumpur")]
    [InlineData("NZ", "Pacific/Auckland")]
    [InlineData("PF", "Pacific/Tahiti")]
    [InlineData("PG", "Pacific/Port_Moresby")]
    [InlineData("PS", "Asia/Hebron")]
    [InlineData("PT", "Europe/Lisbon")]
    [InlineData("RU", "Europe/Moscow")]
    [InlineData("UA", "Europe/Kyiv")]
    [InlineData("UM", "Pacific/Wake")]
    [InlineData("US", "America/New_York")]
    [InlineData("UZ", "Asia/Tashkent")]
    [InlineData("XK", "Europe/Belgrade")]
    public void The_zone_of_the_capital_comes_first(string code, string zone) => Assert.Equal(zone, Country.Parse(code).Facts.TimeZones[0]);

    [Theory]
    [InlineData("KP", "2014-12-22T16:15Z", "Tue 23 Dec 2014 01:15 +09:00")]
    [InlineData("KP", "2016-12-22T16:15Z", "Fri 23 Dec 2016 00:45 +08:30")] // Pyongyang time, August 2015 to May 2018
    [InlineData("KP", "2018-12-22T16:15Z", "Sun 23 Dec 2018 01:15 +09:00")]
    [InlineData("VE", "2016-03-07T12:00Z", "Mon 07 Mar 2016 07:30 -04:30")] // half an hour back until May 2016
    [InlineData("IR", "2026-01-08T18:30Z", "Thu 08 Jan 2026 22:00 +03:30")]
    [InlineData("IR", "2022-07-01T18:30Z", "Fri 01 Jul 2022 23:00 +04:30")] // the last summer time
    public void Local_time_is_what_the_clocks_of_the_capital_showed_then(string code, string utc, string local)
    {
        var moment = DateTimeOffset.Parse(utc, CultureInfo.InvariantCulture);
        var there = Country.Parse(code).Facts.LocalTime(moment);
        Assert.Equal(moment, there);
        Assert.Equal(local, there.ToString("ddd dd MMM yyyy HH:mm zzz", CultureInfo.InvariantCulture));
    }
}
