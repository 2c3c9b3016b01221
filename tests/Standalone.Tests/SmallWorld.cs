using System.Globalization;
using System.Text;

namespace Pharos.Standalone.Tests;

/// <summary>
/// Three days of three countries as a dataset: Iran is gone for two hours on the third day, half of it once more in the evening; Mozambique blinks;
/// Germany is well.
/// </summary>
internal sealed class SmallWorld : IDisposable
{
    private static readonly DateTimeOffset Start = new(2024, 5, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("pharos-small-");

    public SmallWorld()
    {
        var folder = root.CreateSubdirectory("dataset").FullName;
        File.WriteAllText(Path.Combine(folder, "dataset.json"), """
            {
              "name": "small-world", "title": "Three countries, made up", "countries": ["DE", "IR", "MZ"],
              "from": "2024-05-01T00:00:00Z", "to": "2024-05-03T23:55:00Z",
              "signals": [
                { "name": "ioda.bgp", "plane": "control", "cadence_seconds": 300, "unit": "/24s visible" },
                { "name": "ioda.ping-slash24", "plane": "data", "cadence_seconds": 600, "unit": "/24s up" }
              ]
            }
            """);
        File.WriteAllText(Path.Combine(folder, "readings.csv"), Table());
        Past = Past.Of(folder);
    }

    public static IReadOnlyList<Subscription> Readers { get; } =
    [
        new("all", "all@example.org", "Reader of everything", [], 0, 0, "UTC"),
        new("iran", "iran@example.org", null, [Country.Parse("IR")], 0, 0, "Asia/Tehran"),
    ];

    public Past Past { get; }

    public string Folder(string name) => root.CreateSubdirectory(name).FullName;

    public void Dispose() => root.Delete(recursive: true);

    private static string Table()
    {
        var text = new StringBuilder("time,country,signal,value,coverage\n");
        for (var bin = 0; bin < 3 * Bin.PerDay; bin++)
            foreach (var (country, routes, up) in ((string, int, int)[])[("DE", 140_000, 41_000), ("IR", 11_000, 3_100), ("MZ", 1_540, 330)])
            {
                var left = 1 - Lost(country, bin);
                Add(text, bin, country, "ioda.bgp", routes * left * (1 + (0.0004 * Math.Sin(bin * 0.7))));
                if (bin % 2 == 0)
                    Add(text, bin, country, "ioda.ping-slash24", up * left * (1 + (0.004 * Math.Sin(bin * 1.3))));
            }
        return text.ToString();
    }

    private static double Lost(string country, int bin) => (country, bin - (2 * Bin.PerDay)) switch
    {
        ("IR", >= 96 and < 120) => 1,
        ("IR", >= 216 and < 240) => 0.5,
        ("MZ", >= 130 and < 134) => 0.6,
        _ => 0,
    };

    private static void Add(StringBuilder text, int bin, string country, string signal, double value) => text.Append(
        CultureInfo.InvariantCulture, $"{Start.AddMinutes(5 * bin):yyyy-MM-dd'T'HH:mm:ss'Z'},{country},{signal},{Math.Round(value)},\n");
}
