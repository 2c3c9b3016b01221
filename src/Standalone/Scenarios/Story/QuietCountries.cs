namespace Pharos.Standalone;

/// <summary>
/// Countries to which nothing happens: the background against which a loss is a loss, and in which a failing source is seen to fail
/// everywhere. The sizes are ours: invented round figures of the right order. Search and probes are far fewer than there were, for speed.
/// </summary>
internal static class QuietCountries
{
    /// <summary>Columns: code, name, continent, v4, v6, ASNs, /24s, /24s up, telescope, search, probes, lost probes, UTC offset.</summary>
    public static IReadOnlyList<CountryScript> All() =>
    [
        Quiet("US", "United States", "NA", 182_000, 9_100, 15_900, 402_000, 88_000, 61_000, 91_000_000, 4, 1, -6),
        Quiet("DE", "Germany", "EU", 21_300, 2_600, 1_420, 141_000, 41_000, 18_500, 26_000_000, 4, 1, 1),
        Quiet("JP", "Japan", "AS", 14_800, 1_150, 560, 198_000, 52_000, 14_200, 31_000_000, 1, 0, 9),
        Quiet("BR", "Brazil", "SA", 31_200, 1_480, 2_690, 84_000, 31_000, 33_000, 29_000_000, 1, 1, -3),
        Quiet("IN", "India", "AS", 29_800, 610, 930, 38_000, 12_400, 27_500, 33_000_000, 1, 1, 5),
        Quiet("NG", "Nigeria", "AF", 1_240, 34, 118, 2_900, 560, 890, 3_900_000, 1, 0, 1),
        Quiet("FR", "France", "EU", 13_700, 1_330, 940, 88_000, 30_500, 11_900, 22_000_000, 3, 1, 1),
        Quiet("GB", "United Kingdom", "EU", 19_600, 1_720, 1_690, 104_000, 33_500, 12_800, 27_000_000, 3, 0, 0),
        Quiet("SE", "Sweden", "EU", 6_900, 620, 540, 36_500, 11_700, 4_300, 5_400_000, 1, 0, 1),
        Quiet("CZ", "Czechia", "EU", 2_950, 690, 430, 29_400, 8_600, 3_100, 4_700_000, 1, 0, 1),
        Quiet("PT", "Portugal", "EU", 1_610, 140, 92, 17_800, 5_900, 2_050, 3_800_000, 1, 0, 0),
        Quiet("CL", "Chile", "SA", 2_380, 160, 176, 24_200, 6_400, 2_700, 4_200_000, 1, 0, -3),
        Quiet("KE", "Kenya", "AF", 920, 61, 57, 6_100, 940, 610, 1_900_000, 1, 0, 3),
        Quiet("VN", "Vietnam", "AS", 3_720, 88, 160, 41_500, 9_800, 15_600, 8_800_000, 1, 0, 7),
        Quiet("NZ", "New Zealand", "OC", 4_100, 380, 250, 19_700, 3_600, 1_480, 2_300_000, 1, 0, 13),
        Quiet("IS", "Iceland", "EU", 410, 74, 38, 2_960, 820, 190, 310_000, 1, 0, 0),
        Quiet("LU", "Luxembourg", "EU", 380, 96, 45, 2_340, 610, 170, 420_000, 1, 0, 1),
        Quiet("MT", "Malta", "EU", 210, 28, 21, 1_330, 390, 140, 290_000, 1, 0, 1),
        Quiet("BT", "Bhutan", "AS", 46, 4, 6, 104, 31, 22, 46_000, 0, 0, 6),
        Quiet("TO", "Tonga", "OC", 8, 1, 2, 34, 12, 6, 0, 0, 0, 13),
        Quiet("NR", "Nauru", "OC", 5, 0, 1, 32, 5, 1, 0, 0, 0, 12),
    ];

    /// <summary>The same around a country with a story, and two more, so that a failing source is seen to fail everywhere.</summary>
    public static IReadOnlyList<CountryScript> Around(string code) =>
    [
        .. All().Where(quiet => quiet.Nation.Country.Code != code),
        Quiet("PY", "Paraguay", "SA", 430, 22, 61, 5_900, 1_240, 330, 880_000, 1, 0, -4),
        Quiet("SI", "Slovenia", "EU", 820, 160, 210, 9_100, 2_350, 410, 760_000, 1, 0, 1),
    ];

    private static CountryScript Quiet(
        string code, string name, string continent, int v4, int v6, int asns, int slash24, int up, int telescope, int search,
        int probes, int lost, int offset) =>
        new(new Nation(Country.Parse(code), name, continent, v4, v6, asns, slash24, up, telescope, search, probes, lost, offset));
}
