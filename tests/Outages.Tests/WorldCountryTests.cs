namespace Pharos.Outages.Tests;

public class WorldCountryTests
{
    [Fact]
    public void The_world_has_250_countries_in_the_order_of_their_codes()
    {
        var codes = Countries.All.Select(country => country.Code).ToArray();
        Assert.Equal(250, codes.Distinct().Count());
        Assert.Equal(codes.Order(StringComparer.Ordinal), codes);
        Assert.All(Countries.All, country => Assert.Equal(country, Country.Parse(country.Code)));
    }

    [Fact]
    public void The_codes_are_those_of_ISO_3166_and_Kosovo()
    {
        var table = Csv.Read(Shared.Require("samples", "iso3166", "datasets-country-codes.csv"));
        var column = Array.IndexOf(table[0], "ISO3166-1-Alpha-2");
        var iso = table.Skip(1).Select(row => row[column]);
        Assert.Equal(iso.Append("XK").Order(StringComparer.Ordinal), Countries.All.Select(country => country.Code));
    }

    [Fact]
    public void Populations_are_those_of_the_World_Bank_where_it_counts()
    {
        var table = Csv.Read(Shared.Require("facts", "countries.csv"));
        var code = Array.IndexOf(table[0], "alpha2");
        var people = Array.IndexOf(table[0], "population");
        var year = Array.IndexOf(table[0], "population_year");
        Assert.All(table.Skip(1).Where(row => row[people].Length > 0), row =>
        {
            var facts = Country.Parse(row[code]).Facts;
            Assert.Equal((row[people], row[year]), ($"{facts.Population}", $"{facts.PopulationYear}"));
        });
    }

    [Theory]
    [InlineData("kp")]
    [InlineData("Kp")]
    [InlineData("EU")]
    [InlineData("AP")]
    [InlineData("ZZ")]
    [InlineData("AN")]
    [InlineData("UK")]
    [InlineData("??")]
    [InlineData("PRK")]
    [InlineData(" KP")]
    [InlineData("")]
    public void What_is_no_country_is_refused_with_its_text(string text)
    {
        Assert.False(Country.TryParse(text, out var country));
        Assert.Equal(default, country);
        Assert.Contains($"'{text}'", Assert.Throws<FormatException>(() => Country.Parse(text)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_no_country_and_has_no_facts()
    {
        Assert.False(Country.TryParse(null, out _));
        Assert.False(Countries.TryByName(null, out _));
        Assert.DoesNotContain(default, Countries.All);
        Assert.Throws<ArgumentException>(() => default(Country).Facts);
    }

    [Fact]
    public void NA_is_Namibia_and_not_a_missing_value()
    {
        Assert.Equal("Namibia", Country.Parse("NA").Name);
        Assert.True(Countries.TryByName("na", out var country));
        Assert.Equal("NA", country.Code);
    }

    [Theory]
    [InlineData("North Korea", "KP")]
    [InlineData("korea, democratic people's republic of", "KP")]
    [InlineData("Democratic People's Republic of Korea", "KP")]
    [InlineData("Korea (North)", "KP")]
    [InlineData("Republic of Korea", "KR")]
    [InlineData("Iran (Islamic Republic Of)", "IR")]
    [InlineData("RUSSIAN FEDERATION", "RU")]
    [InlineData("Viet Nam", "VN")]
    [InlineData("Turkey", "TR")]
    [InlineData("türkiye", "TR")]
    [InlineData("Swaziland", "SZ")]
    [InlineData("Cote D Ivoire", "CI")]
    [InlineData("åland islands", "AX")]
    [InlineData("Congo", "CG")]
    [InlineData("Congo, The Democratic Republic of the", "CD")]
    [InlineData("Antigua & Barbuda", "AG")]
    [InlineData("St. Lucia", "LC")]
    [InlineData("Kosovo", "XK")]
    [InlineData("UK", "GB")]
    [InlineData(" gb ", "GB")]
    [InlineData("Netherlands Antilles", null)]
    [InlineData("Korea", null)]
    [InlineData("Europe", null)]
    [InlineData("", null)]
    public void A_country_is_found_by_any_name_in_any_case(string name, string? code)
    {
        Assert.Equal(code is not null, Countries.TryByName(name, out var country));
        Assert.Equal(code ?? "", country.Code);
    }

    [Fact]
    public void No_two_countries_share_a_name() => Assert.All(Countries.All, country =>
        Assert.All(country.Facts.OtherNames.Append(country.Name).Append(country.Code), name =>
        {
            Assert.True(Countries.TryByName(name, out var found), name);
            Assert.Equal(country, found);
        }));

    [Fact]
    public void The_names_are_those_of_a_sentence() => Assert.All(Countries.All, country =>
    {
        // Letters, spaces and what a name needs; no ampersand, no "Iran, Islamic Republic of".
        Assert.Matches(@"^\p{Lu}[\p{L} .'()-]+$", country.Name);
        Assert.DoesNotContain(country.Name, country.Facts.OtherNames);
    });

    [Fact]
    public void The_peoples_of_the_world_are_eight_billion()
    {
        Assert.InRange(Countries.All.Sum(country => country.Facts.Population), 7_800_000_000, 8_500_000_000);
        var largest = Countries.All.Where(country => country.Facts.Population > 1_300_000_000).Select(country => country.Code);
        Assert.Equal(["CN", "IN"], largest);
        Assert.All(Countries.All, country => Assert.InRange(country.Facts.PopulationYear, 2021, 2024));
    }

    [Fact]
    public void Only_where_nobody_lives_for_good_the_population_is_zero()
    {
        var empty = Countries.All.Where(country => country.Facts.Population == 0).Select(country => country.Code);
        Assert.Equal(["AQ", "BV", "GS", "HM", "IO", "TF", "UM"], empty);
    }

    [Fact]
    public void Every_country_lies_in_a_region() => Assert.All(Countries.All, country =>
    {
        Assert.Contains(country.Facts.Region, new[] { "Africa", "Americas", "Antarctica", "Asia", "Europe", "Oceania" });
        Assert.NotEmpty(country.Facts.Subregion);
    });
}
